package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.compiler.run.ObserveColdAndWarm.BY_C2;
import static org.cnnc.compiler.run.ObserveColdAndWarm.NOT_BY_C2;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.Thorough;
import org.cnnc.compiler.emit.MemoryCompiler;
import org.cnnc.compiler.emit.source.JavaSourceEmitter;
import org.cnnc.compiler.schedule.Fusion;
import org.cnnc.compiler.schedule.LaneChoice;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.KeptGradients;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promise "same bits everywhere" over the ways in which a virtual machine executes code: its
 * interpreter alone, C1 alone, and C2 after thousands of steps, each with one to seven threads,
 * from source and as bytecode, plain and with vectors, also those of machines with narrower ones,
 * and with arrays at all places that a cache line has for them; as shipped, without gradients to be
 * read. What the bits are is recorded, so that they are those of every other Java and machine that
 * runs this test, too.
 *
 * <p>In each mode one network is from source and the other one bytecode, in the next mode the other
 * way round; {@code -Pthorough} runs both forms of both in all modes, and asks the virtual machine
 * whether C2 has compiled every kernel.
 */
@Timeout(900)
final class ExecutionModesTest {
  private static final List<String> NETWORKS = List.of("lecture", "activations");
  private static final List<Integer> PLACES = List.of(0, 8, 16, 24, 32, 40, 48, 56);

  private static final String WINOGRAD = "winograd";
  private static final String WINOGRAD_PATH = "networks/winograd.net";

  /** Seconds until C2 must be done, which takes a few where the machine has nothing else to do. */
  private static final int PATIENCE = 300;

  private static final int A_MOMENT = 5;

  /** Steps before waiting for C2. */
  private static final int WARM_UP = 600;

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
        CompilerOptions options = CompilerOptions.DEFAULT.withTargets(target);
        String path = "backends/" + network + ".net";
        for (Backend backend : List.of(Backend.SOURCE, Backend.BYTECODE)) {
          SOURCE_AND_BYTECODE
              .computeIfAbsent(
                  Form.of(network, backend == Backend.SOURCE), each -> new ArrayList<>())
              .add(stored(network + "-" + target + "-" + backend, path, options, backend));
        }
      }
    }
  }

  /** In a package of its own: the virtual machine tells of a compilation by the class's name. */
  private static String stored(String name, String path, CompilerOptions options, Backend backend)
      throws IOException {
    CompilationResult result =
        Texts.corpus(
            path,
            options
                .withPrograms(ProgramKind.TRAINING)
                .withPackageName(name.toLowerCase(Locale.ROOT).replace('-', '.')));
    CompiledProgram program = result.program(ProgramKind.TRAINING);
    Map<String, byte[]> classFiles =
        backend == Backend.SOURCE ? fromSource(program) : program.classFiles();
    return new StoredProgram(name, program.className(), Texts.classes(result), classFiles)
        .write(folder)
        .toString();
  }

  private static Map<String, byte[]> fromSource(CompiledProgram program) throws IOException {
    return MemoryCompiler.compile(List.of(JavaSourceEmitter.emit(program.plan())));
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
    List<String> seen = observe(List.of(option), warmUp, 0, false, programs);
    assertThat(seen).hasSize(cold(programs) + (warmUp == 0 ? 0 : warm(programs)));
    assertAllAsRecorded(seen);
  }

  @Test
  void trainingGivesTheSameBitsWithC2WhereverArraysBegin()
      throws IOException, InterruptedException {
    List<String> programs = programs(Form.ACTIVATIONS_FROM_SOURCE);
    List<String> seen = observeWithC2(programs, true);
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

  /** Kernels that the other networks do not have, with {@code -Pthorough}. */
  @Test
  @EnabledIfSystemProperty(named = "cnnc.thorough", matches = "true")
  void c2GivesTheSameBitsByWinogradAndWithChannelsInLanes()
      throws IOException, InterruptedException {
    List<String> programs = new ArrayList<>();
    for (Target target : Target.values()) {
      CompilerOptions options = CompilerOptions.DEFAULT.withTargets(target);
      String name = WINOGRAD + "-" + target + "-BYTECODE";
      programs.add(stored(name, WINOGRAD_PATH, options, Backend.BYTECODE));
    }
    for (LaneChoice lanes : List.of(LaneChoice.PIXELS, LaneChoice.CHANNELS)) {
      CompilerOptions options =
          CompilerOptions.DEFAULT.withMechanical(
              Texts.VECTOR.mechanical().withLanes(lanes).withFusion(Fusion.NEVER));
      String name = "lecture-" + lanes + "-BYTECODE";
      programs.add(stored(name, "backends/lecture.net", options, Backend.BYTECODE));
    }
    List<String> seen = observeWithC2(programs, false);
    assertThat(seen).hasSize(cold(programs) + warm(programs));
    assertAllAsRecorded(seen, List.of(WINOGRAD, "lecture"));
  }

  /** The test above can fail: here the virtual machine is told to leave out one kernel. */
  @Test
  @EnabledIfSystemProperty(named = "cnnc.thorough", matches = "true")
  void aKernelThatIsNeverCompiledIsTold() throws IOException, InterruptedException {
    List<String> exclude =
        List.of("-XX:CompileCommand=quiet", "-XX:CompileCommand=exclude,*Training.conv2");
    List<String> programs = SOURCE_AND_BYTECODE.get(Form.ACTIVATIONS_FROM_SOURCE);
    assertThat(observe(exclude, 1, A_MOMENT, false, programs))
        .anyMatch(line -> line.matches(NOT_BY_C2 + "lecture-PLAIN-BYTECODE, .*conv2.*"));
  }

  /**
   * What was seen after so many steps that C2 has compiled what is hot; with {@code -Pthorough},
   * once it has compiled all kernels of all programs. Events can get lost ({@link JustInTimeTest}),
   * hence another virtual machine where some are missing.
   */
  private static List<String> observeWithC2(List<String> programs, boolean places)
      throws IOException, InterruptedException {
    if (!Thorough.WANTED) { // the events take five seconds
      return observe(ArrayAddress.OPTIONS, 2000, 0, places, programs);
    }
    List<String> seen = observe(ArrayAddress.OPTIONS, WARM_UP, PATIENCE, places, programs);
    if (seen.stream().anyMatch(line -> line.startsWith(NOT_BY_C2))) {
      System.err.println("once more, in another virtual machine: " + seen);
      seen = observe(ArrayAddress.OPTIONS, WARM_UP, PATIENCE, places, programs);
    }
    for (String program : programs) {
      String name = Path.of(program).getFileName().toString();
      assertThat(seen).anyMatch(line -> line.matches(BY_C2 + name + ", [1-9]\\d* kernels"));
    }
    return seen.stream().filter(line -> !line.startsWith(BY_C2)).toList();
  }

  /** In builds half of the numbers of threads with one program, the others with the next. */
  private static int cold(List<String> programs) {
    return warm(programs) / (Thorough.WANTED ? 1 : 2);
  }

  private static int warm(List<String> programs) {
    return programs.size() * ObserveColdAndWarm.THREADS;
  }

  private static List<String> observe(
      List<String> options, int warmUp, int patience, boolean places, List<String> programs)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.add(Integer.toString(warmUp));
    arguments.add(Integer.toString(patience));
    arguments.add(Boolean.toString(places));
    arguments.add(Boolean.toString(Thorough.WANTED));
    arguments.addAll(programs);
    return ChildJava.run(options, ObserveColdAndWarm.class, arguments.toArray(String[]::new));
  }

  private static void assertAllAsRecorded(List<String> seen) throws IOException {
    assertAllAsRecorded(seen, NETWORKS);
  }

  private static void assertAllAsRecorded(List<String> seen, List<String> networks)
      throws IOException {
    for (String network : networks) {
      String digest = RecordedBits.of(network + ".trained." + ObserveColdAndWarm.STEPS);
      assertThat(seen.stream().filter(line -> line.contains(" " + network + "-")))
          .isNotEmpty()
          .allMatch(line -> line.startsWith(digest + " "));
    }
  }

  static List<String> interpreted() {
    List<String> paths = List.of("backends/lecture.net", "backends/activations.net");
    return Thorough.networks(paths, WINOGRAD_PATH);
  }

  /** What is recorded is what our own interpreter says. */
  @ParameterizedTest
  @MethodSource("interpreted")
  void theRecordedBitsAreThoseOfTheInterpreter(String path) throws IOException {
    CompilationResult result =
        Texts.corpus(path, CompilerOptions.DEFAULT.withKeptGradients(KeptGradients.PARAMETERS));
    String network = path.substring(path.indexOf('/') + 1, path.indexOf('.'));
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
