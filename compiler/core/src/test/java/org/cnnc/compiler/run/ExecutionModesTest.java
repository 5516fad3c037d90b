package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.Thorough;
import org.cnnc.compiler.emit.MemoryCompiler;
import org.cnnc.compiler.emit.source.JavaSourceEmitter;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.KeptGradients;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The promise "same bits everywhere" over the ways in which a virtual machine executes code: its
 * interpreter alone, C1 alone, and C2 after thousands of steps, each with one to seven threads,
 * from source and as bytecode, plain and with vectors, also those of machines with narrower ones,
 * and with arrays at all places that a cache line has for them; as shipped, without gradients to be
 * read. What the bits are is recorded, so that they are those of every other Java and machine that
 * runs this test, too.
 *
 * <p>In each mode one network is from source and the other one bytecode, in the next mode the other
 * way round; {@code -Pthorough} runs both forms of both in all modes.
 */
@Timeout(900)
final class ExecutionModesTest {
  private static final List<String> NETWORKS = List.of("lecture", "activations");
  private static final List<Integer> PLACES = List.of(0, 8, 16, 24, 32, 40, 48, 56);

  @TempDir private static Path folder;

  /** Folders of both networks, by form. */
  private static final Map<Form, List<String>> SOURCE_AND_BYTECODE = new EnumMap<>(Form.class);

  /** Which network is from source; the other one is bytecode then. */
  private enum Form {
    LECTURE_FROM_SOURCE,
    ACTIVATIONS_FROM_SOURCE;

    static Form of(String network, boolean fromSource) {
      return network.equals("lecture") == fromSource
          ? LECTURE_FROM_SOURCE
          : ACTIVATIONS_FROM_SOURCE;
    }
  }

  /** Each network from source and as bytecode, for both targets. */
  @BeforeAll
  static void compile() throws IOException {
    for (String network : NETWORKS) {
      for (Target target : Target.values()) {
        CompilationResult result =
            Texts.corpus(
                "backends/" + network + ".net",
                CompilerOptions.DEFAULT.withPrograms(ProgramKind.TRAINING).withTargets(target));
        CompiledProgram program = result.program(ProgramKind.TRAINING);
        String name = network + "-" + target;
        int classes = Texts.classes(result);
        store(Form.of(network, true), name + "-SOURCE", program, classes, fromSource(program));
        store(Form.of(network, false), name + "-BYTECODE", program, classes, program.classFiles());
      }
    }
  }

  private static Map<String, byte[]> fromSource(CompiledProgram program) throws IOException {
    return MemoryCompiler.compile(List.of(JavaSourceEmitter.emit(program.plan())));
  }

  private static void store(
      Form form, String name, CompiledProgram program, int classes, Map<String, byte[]> classFiles)
      throws IOException {
    StoredProgram stored = new StoredProgram(name, program.className(), classes, classFiles);
    SOURCE_AND_BYTECODE
        .computeIfAbsent(form, each -> new ArrayList<>())
        .add(stored.write(folder).toString());
  }

  private static List<String> programs(Form ofEveryBuild) {
    return Thorough.WANTED
        ? SOURCE_AND_BYTECODE.values().stream().flatMap(List::stream).toList()
        : SOURCE_AND_BYTECODE.get(ofEveryBuild);
  }

  /** An option of the VM, and how many steps to go before looking once more. */
  @ParameterizedTest
  @CsvSource({
    "-Xint, 0, LECTURE_FROM_SOURCE",
    "-XX:TieredStopAtLevel=1, 500, ACTIVATIONS_FROM_SOURCE",
    "-XX:MaxVectorSize=16, 1000, LECTURE_FROM_SOURCE"
  })
  void trainingGivesTheSameBitsHoweverItIsExecuted(String option, int warmUp, Form form)
      throws IOException, InterruptedException {
    List<String> programs = programs(form);
    List<String> seen = observe(List.of(option), warmUp, false, programs);
    assertThat(seen).hasSize(cold(programs) + (warmUp == 0 ? 0 : warm(programs)));
    assertAllAsRecorded(seen);
  }

  @Test
  void trainingGivesTheSameBitsWithC2WhereverArraysBegin()
      throws IOException, InterruptedException {
    List<String> programs = programs(Form.ACTIVATIONS_FROM_SOURCE);
    List<String> seen = observe(ArrayAddress.OPTIONS, 2000, true, programs);
    assertThat(seen).hasSize(cold(programs) + warm(programs) + programs.size() * PLACES.size());
    for (String program : programs) {
      String name = Path.of(program).getFileName().toString();
      assertThat(PLACES)
          .allSatisfy(
              place ->
                  assertThat(seen)
                      .anyMatch(line -> line.contains(" " + name + " at place " + place + ",")));
    }
    assertAllAsRecorded(seen);
  }

  /** Half of the numbers of threads with one program, the others with the next. */
  private static int cold(List<String> programs) {
    return programs.size() / 2 * ObserveColdAndWarm.THREADS;
  }

  private static int warm(List<String> programs) {
    return programs.size() * ObserveColdAndWarm.THREADS;
  }

  private static List<String> observe(
      List<String> options, int warmUp, boolean places, List<String> programs)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.add(Integer.toString(warmUp));
    arguments.add(Boolean.toString(places));
    arguments.addAll(programs);
    return ChildJava.run(options, ObserveColdAndWarm.class, arguments.toArray(String[]::new));
  }

  private static void assertAllAsRecorded(List<String> seen) throws IOException {
    for (String network : NETWORKS) {
      String digest = RecordedBits.of(network + ".trained." + ObserveColdAndWarm.STEPS);
      assertThat(seen.stream().filter(line -> line.contains(" " + network + "-")))
          .isNotEmpty()
          .allMatch(line -> line.startsWith(digest + " "));
    }
  }

  /** What is recorded is what our own interpreter says. */
  @ParameterizedTest
  @ValueSource(strings = {"lecture", "activations"})
  void theRecordedBitsAreThoseOfTheInterpreter(String network) throws IOException {
    CompilationResult result =
        Texts.corpus(
            "backends/" + network + ".net",
            CompilerOptions.DEFAULT.withKeptGradients(KeptGradients.PARAMETERS));
    Observed interpreted =
        Observed.training(
            Backend.INTERPRETER.load(result.program(ProgramKind.TRAINING)),
            Texts.classes(result),
            ObserveColdAndWarm.STEPS,
            1);
    assertThat(interpreted.lossesAreFinite()).isTrue();
    RecordedBits.check(network + ".training." + ObserveColdAndWarm.STEPS, interpreted);
    RecordedBits.check(
        network + ".trained." + ObserveColdAndWarm.STEPS, interpreted.withoutGradients());
  }
}
