package org.cnnc.benchmarks;

import java.util.HashMap;
import java.util.Map;
import org.cnnc.compiler.CompilationRequest;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.RandomSource;
import org.cnnc.training.TrainingSteps;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One training step of lenet28 on fresh data: forward, loss, backward, SGD with momentum. */
@State(Scope.Benchmark)
public class TrainingStepBenchmark {
  private static final String LENET28 =
      """
      network Lenet28 {
          input image[1, 28, 28];
          features = image
              -> conv(8, kernel = 5, padding = 2) -> relu -> maxpool(2)
              -> conv(16, kernel = 5, padding = 2) -> relu -> maxpool(2);
          scores = features -> flatten -> fc(64) -> relu -> fc(10);
          output digit = scores -> softmax;
          loss cross_entropy(digit);
          train { optimizer = sgd(rate = 0.001, momentum = 0.9); }
      }
      """;
  private static final int CLASSES = 10;
  private static final int DIFFERENT_IMAGES = 1024;

  /** Images a step. */
  @Param({"1", "32", "128"})
  public int batch;

  /** Workers of a step. */
  @Param({"1", "2"})
  public int threads;

  private TrainingSteps steps;
  private float[] images;
  private int pixels;
  private int next;

  @Setup
  public void compile() throws ReflectiveOperationException {
    CompilerOptions options =
        CompilerOptions.DEFAULT.withPrograms(ProgramKind.TRAINING).withBatch(batch);
    CompiledProgram compiled =
        Compiler.compile(new CompilationRequest(new SourceFile("lenet28.net", LENET28), options))
            .program(ProgramKind.TRAINING);
    Program program = new MemoryClasses(compiled).program(compiled.className());
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.initialise(program, info, 1);
    steps = new TrainingSteps(program, info, 0.001f, threads);
    pixels = info.input().channels() * info.input().height() * info.input().width();
    images = new float[DIFFERENT_IMAGES * pixels];
    RandomSource random = RandomSource.of(7);
    for (int i = 0; i < images.length; i++) {
      images[i] = random.uniform(-1f, 1f);
    }
  }

  @TearDown
  public void close() {
    steps.close();
  }

  @Benchmark
  public float step() {
    for (int i = 0; i < batch; i++) {
      steps.image(i).floats(images, next * pixels);
      steps.setTarget(i, next % CLASSES);
      next = (next + 1) % DIFFERENT_IMAGES;
    }
    return steps.run(batch);
  }

  /** Loads the classes of one program. */
  private static final class MemoryClasses extends ClassLoader {
    private final Map<String, byte[]> classes = new HashMap<>();

    MemoryClasses(CompiledProgram compiled) {
      super(TrainingStepBenchmark.class.getClassLoader());
      for (GeneratedFile file : compiled.files()) {
        classes.put(file.path().replace(".class", "").replace('/', '.'), file.content());
      }
    }

    Program program(String name) throws ReflectiveOperationException {
      return (Program) loadClass(name).getDeclaredConstructor().newInstance();
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
