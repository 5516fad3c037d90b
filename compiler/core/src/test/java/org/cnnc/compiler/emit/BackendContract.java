package org.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cnnc.compiler.emit.bytecode.BytecodeEmitter;
import org.cnnc.compiler.emit.source.JavaSourceEmitter;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.LoopInterpreter;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.LoopVerifier;
import org.cnnc.compiler.loop.Phase;
import org.cnnc.compiler.loop.RuntimeIntrinsics;
import org.cnnc.runtime.Program;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.CheckClassAdapter;

/**
 * Runs a program as source, compiled by javac, and as bytecode, on the same seeded data: all
 * buffers must hold the same bits afterwards.
 */
public final class BackendContract {
  private static final String CLASS_NAME = "org.example.Emitted";
  private static final float[] SPECIAL = {
    0f, -0f, 1f, -1f, Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE
  };
  private static final float[] NOT_FINITE = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
  };

  private BackendContract() {}

  /** What the random data holds. */
  public enum Data {
    FINITE,
    /** Also NaN and infinities. */
    ANY
  }

  public static ClassPlan plan(LoopProgram program) {
    ClassHeader header =
        new ClassHeader(
            "org.example", "Emitted", "model.net", "cnnc test", List.of("A program of a test."));
    return ClassPlanner.plan(header, program, List.of(), "cnnc \"test\"\n");
  }

  public static Program source(LoopProgram program) throws IOException {
    GeneratedFile file = JavaSourceEmitter.emit(plan(program));
    return new MemoryLoader(MemoryCompiler.compile(List.of(file))).program(CLASS_NAME);
  }

  public static Program bytecode(LoopProgram program) {
    List<GeneratedFile> files = BytecodeEmitter.emit(plan(program));
    MemoryLoader loader = MemoryLoader.of(files);
    for (GeneratedFile file : files) {
      StringWriter findings = new StringWriter();
      CheckClassAdapter.verify(
          new ClassReader(file.content()), loader, false, new PrintWriter(findings));
      assertThat(findings.toString()).isEmpty();
    }
    return loader.program(CLASS_NAME);
  }

  /** Runs all phases and tasks for one image and for as many as there may be, and compares. */
  public static void run(LoopProgram program, long seed, Data data) throws IOException {
    LoopVerifier.verify(program);
    Program source = source(program);
    Program bytecode = bytecode(program);
    for (int images : new int[] {1, program.maxImages()}) {
      Storage expected = interpret(program, images, seed, data);
      run(program, source, images, seed, data)
          .assertSameBits(expected, "source against interpreter, n = " + images);
      run(program, bytecode, images, seed, data)
          .assertSameBits(expected, "bytecode against interpreter, n = " + images);
    }
  }

  private static Storage interpret(LoopProgram program, int images, long seed, Data data) {
    LoopInterpreter interpreter =
        LoopInterpreter.inFloat(program, preferredLanes(), RuntimeIntrinsics.ALL);
    List<float[][]> rows =
        program.buffers().stream().map(buffer -> interpreter.rows(buffer.name())).toList();
    Storage storage = new Storage(program.buffers(), rows);
    storage.fill(new Random(seed), data);
    interpreter.runStep(images);
    return storage;
  }

  /** Lanes of the machine; by reflection, because naming an incubating class is a warning. */
  private static int preferredLanes() {
    try {
      Class<?> vector = Class.forName("jdk.incubator.vector.FloatVector");
      Object species = vector.getField("SPECIES_PREFERRED").get(null);
      Class<?> type = Class.forName("jdk.incubator.vector.VectorSpecies");
      return (int) type.getMethod("length").invoke(species);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no vectors", e);
    }
  }

  private static Storage run(
      LoopProgram program, Program emitted, int images, long seed, Data data) {
    Program.Scratch scratch = emitted.newScratch();
    List<float[][]> rows = new ArrayList<>();
    for (int i = 0; i < program.buffers().size(); i++) {
      boolean isScratch = program.buffers().get(i).scope() == Buffer.Scope.WORKER;
      rows.add(isScratch ? scratch.rows(i) : emitted.rows(i));
    }
    Storage storage = new Storage(program.buffers(), rows);
    storage.fill(new Random(seed), data);
    for (int phase = 0; phase < program.phases().size(); phase++) {
      Phase described = program.phases().get(phase);
      for (int task = 0; task < described.tasks(); task++) {
        emitted.run(phase, task, images, scratch);
      }
    }
    return storage;
  }

  /** The buffers of a run. */
  private record Storage(List<Buffer> buffers, List<float[][]> rows) {
    void fill(Random random, Data data) {
      for (float[][] buffer : rows) {
        for (float[] row : buffer) {
          for (int i = 0; i < row.length; i++) {
            row[i] = value(random, data);
          }
        }
      }
    }

    private static float value(Random random, Data data) {
      if (random.nextInt(8) == 0) {
        return SPECIAL[random.nextInt(SPECIAL.length)];
      }
      if (data == Data.ANY && random.nextInt(8) == 0) {
        return NOT_FINITE[random.nextInt(NOT_FINITE.length)];
      }
      return (float) random.nextGaussian();
    }

    void assertSameBits(Storage other, String what) {
      for (int i = 0; i < rows.size(); i++) {
        Buffer buffer = buffers.get(i);
        assertThat(rows.get(i)).hasNumberOfRows(buffer.rows());
        for (int row = 0; row < buffer.rows(); row++) {
          assertThat(bits(rows.get(i)[row]))
              .as("%s: %s[%d]", what, buffer.name(), row)
              .hasSize(buffer.length())
              .isEqualTo(bits(other.rows.get(i)[row]));
        }
      }
    }

    /** The bits, with one NaN for all. */
    private static int[] bits(float[] row) {
      int[] bits = new int[row.length];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = Float.floatToIntBits(row[i]);
      }
      return bits;
    }
  }
}
