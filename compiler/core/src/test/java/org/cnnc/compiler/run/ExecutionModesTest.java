package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
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
 */
@Timeout(900)
final class ExecutionModesTest {
  private static final List<String> NETWORKS = List.of("lecture", "activations");
  private static final List<Integer> PLACES = List.of(0, 8, 16, 24, 32, 40, 48, 56);

  @TempDir private static Path folder;
  private static final List<String> PROGRAMS = new ArrayList<>();

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
        store(name + "-SOURCE", program, classes, fromSource(program));
        store(name + "-BYTECODE", program, classes, program.classFiles());
      }
    }
  }

  private static Map<String, byte[]> fromSource(CompiledProgram program) throws IOException {
    return MemoryCompiler.compile(List.of(JavaSourceEmitter.emit(program.plan())));
  }

  private static void store(
      String name, CompiledProgram program, int classes, Map<String, byte[]> classFiles)
      throws IOException {
    StoredProgram stored = new StoredProgram(name, program.className(), classes, classFiles);
    PROGRAMS.add(stored.write(folder).toString());
  }

  /** An option of the VM, and how many steps to go before looking once more. */
  @ParameterizedTest
  @CsvSource({"-Xint, 0", "-XX:TieredStopAtLevel=1, 500", "-XX:MaxVectorSize=16, 1000"})
  void trainingGivesTheSameBitsHoweverItIsExecuted(String option, int warmUp)
      throws IOException, InterruptedException {
    List<String> seen = observe(List.of(option), warmUp, false);
    assertThat(seen).hasSize(cold() + (warmUp == 0 ? 0 : warm()));
    assertAllAsRecorded(seen);
  }

  @Test
  void trainingGivesTheSameBitsWithC2WhereverArraysBegin()
      throws IOException, InterruptedException {
    List<String> seen = observe(ArrayAddress.OPTIONS, 2000, true);
    assertThat(seen).hasSize(cold() + warm() + PROGRAMS.size() * PLACES.size());
    for (String program : PROGRAMS) {
      String name = Path.of(program).getFileName().toString();
      assertThat(PLACES)
          .allSatisfy(
              place ->
                  assertThat(seen)
                      .anyMatch(line -> line.contains(" " + name + " at place " + place + ",")));
    }
    assertAllAsRecorded(seen);
  }

  /** Half of the numbers of threads from source, the others as bytecode. */
  private static int cold() {
    return PROGRAMS.size() / 2 * ObserveColdAndWarm.THREADS;
  }

  private static int warm() {
    return PROGRAMS.size() * ObserveColdAndWarm.THREADS;
  }

  private static List<String> observe(List<String> options, int warmUp, boolean places)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.add(Integer.toString(warmUp));
    arguments.add(Boolean.toString(places));
    arguments.addAll(PROGRAMS);
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
