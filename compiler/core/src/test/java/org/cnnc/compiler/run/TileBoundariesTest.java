package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.Thorough;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.schedule.AlgorithmRule;
import org.cnnc.compiler.schedule.ConvAlgorithm;
import org.cnnc.compiler.schedule.Fusion;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.KernelChoices;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.LaneChoice;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.Computation.PooledForward;
import org.cnnc.compiler.train.StepGraphPrinter;
import org.cnnc.runtime.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sizes just below, at and just above those that fill tiles and vectors: vectors compute the bits
 * of plain code, with the smallest tiles, the chosen ones and large ones, and with pixels or
 * channels in their lanes. Every build takes each width and each number of channels once with each
 * of those tiles, and some of them with other layers; {@code -Pthorough} takes every width with
 * every number of channels, tile and lanes, and of other layers every width with every number of
 * channels.
 */
final class TileBoundariesTest {
  private static final List<Integer> SIZES = List.of(3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33);

  private static final List<LaneChoice> LANES = List.of(LaneChoice.PIXELS, LaneChoice.CHANNELS);

  private static final List<Layers> OTHERS =
      List.of(Layers.POOLED, Layers.STRIDED, Layers.WINOGRAD);

  private static final long SEED = 20;

  /** Of other layers, in every build: one with each kind of lanes. */
  private static final int SOME = LANES.size();

  private static final List<Integer> NARROWEST_AND_WIDEST = List.of(4, ValueType.MAX_LANES);

  /** Layers whose values have rows of a width, and the pixels of an image that they need for it. */
  private enum Layers {
    DIRECT(
        LaneChoice.CHANNELS,
        "conv(%2$d, kernel = 3, padding = same) -> relu -> conv(3, kernel = [2, 3])") {
      @Override
      String input(int width) {
        return "2, 3, " + width;
      }
    },
    /** Fused, where pixels are in the lanes, and with the gradient of the weight at windows. */
    POOLED(
        LaneChoice.PIXELS,
        "conv(%2$d, kernel = 3, padding = same) -> relu -> maxpool(2) -> conv(3, kernel = [2, 1])") {
      @Override
      String input(int width) {
        return "2, 4, " + (2 * width + width % 2);
      }
    },
    STRIDED(
        LaneChoice.CHANNELS,
        "conv(%2$d, kernel = 3, stride = 2, padding = 1) -> relu"
            + " -> conv(3, kernel = [2, 3], stride = 2, padding = 1)") {
      @Override
      String input(int width) {
        return "2, 5, " + (2 * width - 1);
      }
    },
    WINOGRAD(
        LaneChoice.PIXELS,
        "conv(%2$d, kernel = 3, padding = same) -> relu -> conv(3, kernel = 3, padding = same)") {
      @Override
      String input(int width) {
        return "2, 3, " + width;
      }
    };

    private final LaneChoice interpreted;
    private final String text;

    /** With the lanes that every build interprets. */
    Layers(LaneChoice interpreted, String text) {
      this.interpreted = interpreted;
      this.text = text;
    }

    abstract String input(int width);

    AlgorithmRule algorithms() {
      return this == WINOGRAD ? AlgorithmRule.WINOGRAD : AlgorithmRule.BY_SHAPE;
    }
  }

  private enum Tiles {
    SMALLEST,
    CHOSEN,
    LARGEST;

    KernelChoices choices() {
      return switch (this) {
        case SMALLEST -> KernelChoices.all(new KernelChoice(1, 1));
        case CHOSEN -> KernelChoices.NONE;
        case LARGEST ->
            KernelChoices.all(
                new KernelChoice(KernelChoice.MOST_SUMS, KernelChoice.MOST_CHANNEL_VECTORS));
      };
    }
  }

  /** A network of such sizes, and how its kernels are made. */
  record Form(Layers layers, int width, int channels, Tiles tiles, LaneChoice lanes) {
    /** Channels are outputs of one layer, inputs of the next, and a vector's elements behind. */
    String text() {
      return """
      network Boundary {
          input image[%1$s];
          output label = image -> LAYERS -> flatten -> fc(%2$d) -> relu -> fc(3) -> softmax;
          loss cross_entropy(label);
          train { optimizer = sgd(rate = 0.1, momentum = 0.9); batch = 2; }
      }
      """
          .replace("LAYERS", layers.text)
          .formatted(layers.input(width), channels);
    }

    CompilerOptions plain() {
      return CompilerOptions.DEFAULT.withAlgorithms(layers.algorithms());
    }

    CompilerOptions vectors() {
      Fusion fusion =
          layers != Layers.POOLED
              ? Fusion.WHERE_FASTER
              : lanes == LaneChoice.PIXELS ? Fusion.ALWAYS : Fusion.NEVER;
      return plain()
          .withMechanical(
              Texts.VECTOR
                  .mechanical()
                  .withLanes(lanes)
                  .withKernels(tiles.choices())
                  .withFusion(fusion));
    }
  }

  static List<Form> forms() {
    List<Form> forms = Thorough.WANTED ? everyForm() : formsOfEveryBuild();
    Random random = new Random(SEED + 1);
    for (Layers layers : OTHERS) {
      forms.addAll(Thorough.WANTED ? everySize(layers, random) : someSizes(layers, random));
    }
    return forms;
  }

  private static List<Form> formsOfEveryBuild() {
    Random random = new Random(SEED);
    List<Form> forms = new ArrayList<>();
    for (Tiles tiles : Tiles.values()) {
      List<Integer> channels = shuffled(random);
      for (int i = 0; i < SIZES.size(); i++) {
        LaneChoice lanes = LANES.get(random.nextInt(LANES.size()));
        forms.add(new Form(Layers.DIRECT, SIZES.get(i), channels.get(i), tiles, lanes));
      }
    }
    return forms;
  }

  private static List<Form> everyForm() {
    List<Form> forms = new ArrayList<>();
    for (Tiles tiles : Tiles.values()) {
      for (LaneChoice lanes : LANES) {
        for (int width : SIZES) {
          SIZES.forEach(
              channels -> forms.add(new Form(Layers.DIRECT, width, channels, tiles, lanes)));
        }
      }
    }
    return forms;
  }

  /** Some widths with some numbers of channels, in both kinds of lanes. */
  private static List<Form> someSizes(Layers layers, Random random) {
    List<Integer> widths = shuffled(random);
    List<Integer> channels = shuffled(random);
    List<Form> forms = new ArrayList<>();
    for (int i = 0; i < SOME; i++) {
      LaneChoice lanes = LANES.get(i % LANES.size());
      forms.add(new Form(layers, widths.get(i), channels.get(i), anyTiles(random), lanes));
    }
    return forms;
  }

  private static List<Form> everySize(Layers layers, Random random) {
    List<Form> forms = new ArrayList<>();
    for (int width : SIZES) {
      for (int channels : SIZES) {
        LaneChoice lanes = LANES.get(random.nextInt(LANES.size()));
        forms.add(new Form(layers, width, channels, anyTiles(random), lanes));
      }
    }
    return forms;
  }

  private static Tiles anyTiles(Random random) {
    return Tiles.values()[random.nextInt(Tiles.values().length)];
  }

  private static List<Integer> shuffled(Random random) {
    List<Integer> sizes = new ArrayList<>(SIZES);
    Collections.shuffle(sizes, random);
    return sizes;
  }

  @ParameterizedTest
  @MethodSource("forms")
  void vectorsComputeTheBitsOfPlainCode(Form form) throws IOException {
    trained(Backend.BYTECODE.load(compile(form, form.vectors())))
        .assertSameAs(plain(form), form + "\n" + form.text());
  }

  /** One of each kind of layers; {@code -Pthorough} takes both kinds of lanes, and more sizes. */
  static List<Form> interpreted() {
    List<Form> forms = new ArrayList<>(Thorough.WANTED ? formsOfEveryBuild() : List.of());
    for (Layers layers : Layers.values()) {
      List<LaneChoice> lanes = Thorough.WANTED ? LANES : List.of(layers.interpreted);
      lanes.forEach(each -> forms.add(new Form(layers, 9, 5, Tiles.CHOSEN, each)));
    }
    return forms;
  }

  @ParameterizedTest
  @MethodSource("interpreted")
  void vectorsOfMachinesWithOtherLanesDoSo(Form form) throws IOException {
    CompiledProgram vectors = compile(form, form.vectors());
    Observed expected = plain(form);
    for (int lanes : NARROWEST_AND_WIDEST) {
      trained(new InterpretedProgram(vectors, lanes))
          .assertSameAs(expected, form + ", " + lanes + " lanes\n" + form.text());
    }
  }

  /** The layers are computed as their names say. */
  @Test
  void otherLayersHaveKernelsOfTheirOwn() {
    for (LaneChoice lanes : LANES) {
      Map<Layers, ScheduledStep> steps = new EnumMap<>(Layers.class);
      for (Layers layers : OTHERS) {
        Form form = new Form(layers, 9, 5, Tiles.CHOSEN, lanes);
        steps.put(layers, compile(form, form.vectors()).step());
      }
      assertThat(hasPooledForward(steps.get(Layers.POOLED))).isEqualTo(lanes == LaneChoice.PIXELS);
      assertThat(StepGraphPrinter.print(steps.get(Layers.POOLED).graph())).contains(".places");
      for (String operation : List.of("conv1", "conv2", "conv2.d_input")) {
        assertThat(steps.get(Layers.WINOGRAD).kernels().get(operation).work().algorithm())
            .as(operation)
            .isEqualTo(ConvAlgorithm.WINOGRAD);
        assertThat(steps.get(Layers.STRIDED).kernels().get(operation).work().form())
            .as(operation)
            .isEqualTo(
                lanes == LaneChoice.PIXELS ? KernelWork.Form.REGISTERS : KernelWork.Form.CHANNELS);
      }
    }
  }

  private static boolean hasPooledForward(ScheduledStep step) {
    return step.graph().operations().stream()
        .anyMatch(operation -> operation.computation() instanceof PooledForward);
  }

  private static Observed plain(Form form) throws IOException {
    return trained(Backend.BYTECODE.load(compile(form, form.plain().withTargets(Target.PLAIN))));
  }

  private static CompiledProgram compile(Form form, CompilerOptions options) {
    return Texts.compile("boundary.net", form.text(), options.withPrograms(ProgramKind.TRAINING))
        .program(ProgramKind.TRAINING);
  }

  /** One step: the momentum is then each gradient. */
  private static Observed trained(Program program) {
    return Observed.training(program, 3, 1, 1);
  }
}
