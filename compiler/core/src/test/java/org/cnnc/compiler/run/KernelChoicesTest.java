package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.Thorough;
import org.cnnc.compiler.schedule.Fusion;
import org.cnnc.compiler.schedule.Kernel;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.KernelChoices;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.LaneChoice;
import org.cnnc.compiler.schedule.MechanicalSchedule;
import org.cnnc.compiler.schedule.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever tiles are told, all that changes is the code: the bits stay. */
final class KernelChoicesTest {
  private static final int STEPS = 3;

  private static final String GROUPS =
      """
      network Groups {
          input image[2, 5, 7];
          output label = image -> conv(3, kernel = 3) -> relu -> flatten -> fc(65) -> relu
                  -> fc(33) -> relu -> fc(3) -> softmax;
          loss cross_entropy(label);
          train { optimizer = sgd(rate = 0.1, momentum = 0.9); batch = 20; }
      }
      """;

  private static final String LONG_SUMS =
      """
      network LongSums {
          input image[1, 1, 1039];
          output label = image -> flatten -> fc(19) -> relu -> fc(3) -> softmax;
          loss cross_entropy(label);
          train { optimizer = sgd(rate = 0.1, momentum = 0.9); batch = 20; }
      }
      """;

  /**
   * Each number of sums and of vectors, with some of the others; with all others where {@code
   * -Pthorough} asks for it.
   */
  static Stream<KernelChoice> choices() {
    return everyChoice().filter(choice -> Thorough.WANTED || isOfEveryBuild(choice));
  }

  private static boolean isOfEveryBuild(KernelChoice choice) {
    boolean smallest = choice.sums() == 1 && choice.vectors() == 1;
    return smallest || (choice.sums() + choice.vectors()) % KernelChoice.MOST_CHANNEL_VECTORS == 0;
  }

  private static Stream<KernelChoice> everyChoice() {
    return IntStream.rangeClosed(1, KernelChoice.MOST_CHANNEL_VECTORS)
        .boxed()
        .flatMap(
            vectors ->
                IntStream.rangeClosed(1, KernelChoice.MOST_SUMS)
                    .mapToObj(sums -> new KernelChoice(sums, vectors)));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void everyTileGivesTheSameBits(KernelChoice choice) throws IOException {
    for (String network : new String[] {"lecture", "strides"}) {
      CompilationResult usual = Texts.corpus("backends/" + network + ".net");
      int classes = Texts.classes(usual);
      Observed training = trained(usual, classes);
      Observed answers =
          Observed.prediction(Backend.BYTECODE.load(usual.program(ProgramKind.PREDICTION)));
      for (CompilerOptions options : everyForm(KernelChoices.all(choice))) {
        String what = network + ", " + options.mechanical() + ", " + choice;
        CompilationResult told = Texts.corpus("backends/" + network + ".net", options);
        trained(told, classes).assertSameAs(training, what);
        Observed.prediction(Backend.BYTECODE.load(told.program(ProgramKind.PREDICTION)))
            .assertSameAs(answers, what);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("choices")
  void everyTileOfAGroupOfImagesGivesTheSameBits(KernelChoice choice) throws IOException {
    assertSameBits(GROUPS, choice, Target.values());
  }

  /** Batches of 20 have blocks of 3 images, which are the vectors of a sum. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void everyTileOfPartialSumsGivesTheSameBits(int sums) throws IOException {
    assertSameBits(LONG_SUMS, new KernelChoice(sums, 3), Target.VECTOR);
  }

  private static void assertSameBits(String text, KernelChoice choice, Target... targets)
      throws IOException {
    CompilationResult usual = Texts.compile("groups.net", text, CompilerOptions.DEFAULT);
    Observed training = trained(usual, 3);
    for (Target target : targets) {
      MechanicalSchedule mechanical =
          told(target, KernelChoices.all(choice)).mechanical().forJava(25).withSharedWeight(1);
      CompilerOptions options = CompilerOptions.DEFAULT.withMechanical(mechanical);
      trained(Texts.compile("groups.net", text, options), 3)
          .assertSameAs(training, mechanical + ", " + choice);
    }
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void aTileToldForOneOperationChangesNoOther(Target target) throws IOException {
    Map<String, Kernel> usual = training(told(target, KernelChoices.NONE)).step().kernels();
    String name = "conv2.d_parameters";
    KernelChoice odd = KernelChoice.ofSums(3);
    KernelChoices choices = KernelChoices.of(target, Map.of(name, odd, "of another program", odd));
    Map<String, Kernel> changed = new HashMap<>(training(told(target, choices)).step().kernels());
    assertThat(changed.get(name).choice()).isEqualTo(odd);
    changed.put(name, usual.get(name));
    assertThat(changed).isEqualTo(usual);
  }

  /** Each convolution alone has other lanes than the cost model chose for it, forward or back. */
  @ParameterizedTest
  @ValueSource(strings = {"conv2", "conv2.d_input"})
  void lanesToldForOneOperationChangeNoOtherAndNoBit(String name) throws IOException {
    CompilationResult usual = lecture(KernelChoices.NONE);
    Map<String, Kernel> before = usual.program(ProgramKind.TRAINING).step().kernels();
    boolean channels = before.get(name).work().form() == Form.CHANNELS;
    KernelChoice told = new KernelChoice(2, 1, channels ? LaneChoice.PIXELS : LaneChoice.CHANNELS);
    CompilationResult other = lecture(KernelChoices.of(Target.VECTOR, Map.of(name, told)));
    Map<String, Kernel> after = new HashMap<>(other.program(ProgramKind.TRAINING).step().kernels());
    assertThat(after.get(name).choice()).isEqualTo(told);
    assertThat(after.get(name).work().form() == Form.CHANNELS).isNotEqualTo(channels);
    after.put(name, before.get(name));
    assertThat(after).isEqualTo(before);
    int classes = Texts.classes(usual);
    trained(other, classes).assertSameAs(trained(usual, classes), name + ", " + told);
  }

  /** Without fused pools, which have one form of lanes only. */
  private static CompilationResult lecture(KernelChoices choices) throws IOException {
    MechanicalSchedule mechanical =
        told(Target.VECTOR, choices).mechanical().withFusion(Fusion.NEVER);
    return Texts.corpus("backends/lecture.net", CompilerOptions.DEFAULT.withMechanical(mechanical));
  }

  @Test
  void anotherTileIsOtherCode() throws IOException {
    CompiledProgram usual = training(CompilerOptions.DEFAULT);
    CompiledProgram other = training(told(Target.PLAIN, KernelChoices.all(KernelChoice.ofSums(5))));
    assertThat(other.lowered()).isNotEqualTo(usual.lowered());
  }

  private static CompiledProgram training(CompilerOptions options) throws IOException {
    return Texts.corpus("backends/lecture.net", options).program(ProgramKind.TRAINING);
  }

  private static Observed trained(CompilationResult result, int classes) throws IOException {
    return Observed.training(
        Backend.BYTECODE.load(result.program(ProgramKind.TRAINING)), classes, STEPS, 2);
  }

  private static List<CompilerOptions> everyForm(KernelChoices choices) {
    CompilerOptions vector = told(Target.VECTOR, choices);
    MechanicalSchedule channels = vector.mechanical().withLanes(LaneChoice.CHANNELS);
    return List.of(told(Target.PLAIN, choices), vector, vector.withMechanical(channels));
  }

  private static CompilerOptions told(Target target, KernelChoices choices) {
    return CompilerOptions.DEFAULT.withMechanical(
        MechanicalSchedule.DEFAULT.withTarget(target).withKernels(choices));
  }
}
