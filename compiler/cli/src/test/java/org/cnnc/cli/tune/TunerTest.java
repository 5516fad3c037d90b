package org.cnnc.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnc.cli.measure.OperationRunner;
import org.cnnc.cli.model.Model;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.schedule.Kernel;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.KernelChoices;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.LaneChoice;
import org.cnnc.compiler.schedule.Target;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tuner on programs that it compiles itself, run by a machine that the test invents. */
final class TunerTest {
  private static final String CONV1 = "conv1";
  private static final String CONV2 = "conv2";
  private static final long USUAL = 50_000;

  @TempDir private Path folder;
  private Model model;

  /** Time passes only where something runs. */
  private long clock;

  /** Of the program that was compiled first, whose tiles are the usual ones. */
  private Map<String, KernelChoice> usual;

  private byte[] garbage = {};
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void readModel() throws Exception {
    readModel(20, 8);
  }

  private void readModel(int pixels, int channels) throws Exception {
    Path file = folder.resolve("two.net");
    Files.writeString(
        file,
        """
        network Two {
            input image[3, %1$d, %1$d];
            output answer = image -> conv(8, kernel = 3) -> relu -> conv(%2$d, kernel = 5) -> relu
                    -> flatten -> fc(3) -> softmax;
            loss cross_entropy(answer);
            train { optimizer = sgd(rate = 0.1); batch = 4; }
        }
        """
            .formatted(pixels, channels));
    model = Model.read(file);
  }

  /** How long an operation takes with a tile, on the machine of a test. */
  @FunctionalInterface
  private interface Nanos {
    long of(String operation, boolean usualTile, int runs);
  }

  private List<Comparison.Found> tune(Target target, double seconds, Nanos nanos) throws Exception {
    Tuner tuner =
        new Tuner(
            model,
            CompilerOptions.DEFAULT,
            ProgramKind.TRAINING,
            program -> new Invented(choices(program), nanos),
            () -> clock);
    return tuner.tune(target, seconds, said::add);
  }

  private static Map<String, KernelChoice> choices(CompiledProgram program) {
    Map<String, KernelChoice> choices = new HashMap<>();
    program.step().kernels().forEach((name, kernel) -> choices.put(name, kernel.choice()));
    return choices;
  }

  private final class Invented implements OperationRunner {
    private final Map<String, KernelChoice> choices;
    private final Nanos nanos;
    private int runs;

    Invented(Map<String, KernelChoice> choices, Nanos nanos) {
      this.choices = choices;
      this.nanos = nanos;
      if (usual == null) {
        usual = choices;
      }
    }

    @Override
    public List<String> operations() {
      return List.copyOf(choices.keySet());
    }

    @Override
    public int images(String operation) {
      return 1;
    }

    @Override
    public void run(String operation) {
      runs++;
      clock += nanos.of(operation, choices.get(operation).equals(usual.get(operation)), runs);
    }
  }

  /** And the tile is that of the code that is compiled with what was found. */
  @Test
  void aTileThatIsClearlyFasterIsKept() throws Exception {
    for (Target target : Target.values()) {
      usual = null;
      List<Comparison.Found> found =
          tune(target, 10, (name, same, runs) -> name.equals(CONV2) && !same ? 30_000 : USUAL);
      assertThat(found).as(target + ": " + said).hasSize(1);
      Comparison.Found kept = found.get(0);
      assertThat(kept.operation()).isEqualTo(CONV2);
      assertThat(kept.choice()).isNotEqualTo(usual.get(CONV2));
      assertThat(kept.usualSeconds()).isEqualTo(50e-6);
      assertThat(kept.seconds()).isEqualTo(30e-6);
      KernelChoices choices =
          new KernelChoices(Map.of(target, Map.of(CONV2, kept.choice())), Optional.empty());
      CompiledProgram tuned =
          model
              .compile(
                  CompilerOptions.DEFAULT
                      .withPrograms(ProgramKind.TRAINING)
                      .withPhasePerOperation(true)
                      .withTargets(target)
                      .withKernels(choices))
              .program(ProgramKind.TRAINING);
      Map<String, KernelChoice> expected = new HashMap<>(usual);
      expected.put(CONV2, kept.choice());
      assertThat(choices(tuned)).isEqualTo(expected);
    }
  }

  /** Where channels are no better by the model, but are on this machine. */
  @Test
  void otherLanesThatAreClearlyFasterAreKept() throws Exception {
    readModel(14, 16); // little work is lost with as many channels as the widest vector has lanes
    Tuner tuner =
        new Tuner(
            model,
            CompilerOptions.DEFAULT,
            ProgramKind.TRAINING,
            program -> {
              Map<String, Kernel> kernels = program.step().kernels();
              return new Invented(
                  choices(program),
                  (name, same, runs) ->
                      name.equals(CONV2) && kernels.get(CONV2).work().form() == Form.CHANNELS
                          ? 30_000
                          : USUAL);
            },
            () -> clock);
    List<Comparison.Found> found = tuner.tune(Target.VECTOR, 10, said::add);
    assertThat(found).as(said.toString()).hasSize(1);
    KernelChoice kept = found.get(0).choice();
    assertThat(kept.lanes()).isEqualTo(LaneChoice.CHANNELS);
    assertThat(kernels(KernelChoices.NONE).get(CONV2).work().form()).isEqualTo(Form.REGISTERS);
    Kernel tuned = kernels(KernelChoices.of(Target.VECTOR, Map.of(CONV2, kept))).get(CONV2);
    assertThat(tuned.work().form()).isEqualTo(Form.CHANNELS);
    assertThat(tuned.choice()).isEqualTo(kept);
  }

  private Map<String, Kernel> kernels(KernelChoices choices) throws Exception {
    return model
        .compile(
            CompilerOptions.DEFAULT
                .withPrograms(ProgramKind.TRAINING)
                .withTargets(Target.VECTOR)
                .withKernels(choices))
        .program(ProgramKind.TRAINING)
        .step()
        .kernels();
  }

  /** Three percent are not clear; and a tile that wins in every second turn has not won. */
  @Test
  void whatIsNotClearlyFasterIsNotKept() throws Exception {
    assertThat(
            tune(
                Target.PLAIN,
                10,
                (name, same, runs) ->
                    switch (name) {
                      case CONV1 -> same ? USUAL : 48_500;
                      case CONV2 -> same || runs / 100 % 2 == 0 ? USUAL : 30_000;
                      default -> USUAL;
                    }))
        .isEmpty();
    assertThat(said).last().asString().matches("measured \\d{2,} turns");
  }

  /** As vector code does until C2 has compiled it; so it tells nothing of its speed. */
  @Test
  void whatStillMakesObjectsIsNotCompared() throws Exception {
    List<Comparison.Found> found =
        tune(
            Target.PLAIN,
            100, // four at most for one operation
            (name, same, runs) -> {
              if (name.equals(CONV2)) {
                garbage = new byte[64];
              }
              return same ? USUAL : 30_000;
            });
    assertThat(found).isNotEmpty().noneMatch(each -> each.operation().equals(CONV2));
    assertThat(said)
        .anyMatch(
            line ->
                line.matches(
                    "1 of \\d+ operations are not compiled in time and stay as they are: give more"
                        + " --seconds"));
    assertThat(garbage).isNotEmpty();
  }
}
