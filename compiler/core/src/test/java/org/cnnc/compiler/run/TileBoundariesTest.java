package org.cnnc.compiler.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.Thorough;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.KernelChoices;
import org.cnnc.compiler.schedule.LaneChoice;
import org.cnnc.compiler.schedule.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sizes just below, at and just above those that fill tiles and vectors: vectors compute the bits
 * of plain code, with the smallest tiles, the chosen ones and large ones, and with pixels or
 * channels in their lanes. Every build takes each width and each number of channels once with each
 * of those tiles; {@code -Pthorough} takes every width with every number of channels, tile and
 * lanes.
 */
final class TileBoundariesTest {
  private static final List<Integer> SIZES = List.of(3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33);

  private static final List<LaneChoice> LANES = List.of(LaneChoice.PIXELS, LaneChoice.CHANNELS);

  private static final long SEED = 20;

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
  record Form(int width, int channels, Tiles tiles, LaneChoice lanes) {
    /** Channels are outputs of one layer, inputs of the next, and a vector's elements behind. */
    String text() {
      return """
      network Boundary {
          input image[2, 3, %1$d];
          output label = image -> conv(%2$d, kernel = 3, padding = same) -> relu
              -> conv(3, kernel = [2, 3]) -> flatten -> fc(%2$d) -> relu -> fc(3) -> softmax;
          loss cross_entropy(label);
          train { optimizer = sgd(rate = 0.1, momentum = 0.9); batch = 2; }
      }
      """
          .formatted(width, channels);
    }

    CompilerOptions options() {
      return CompilerOptions.DEFAULT.withMechanical(
          Texts.VECTOR.mechanical().withLanes(lanes).withKernels(tiles.choices()));
    }
  }

  static List<Form> forms() {
    return Thorough.WANTED ? everyForm() : formsOfEveryBuild();
  }

  private static List<Form> formsOfEveryBuild() {
    Random random = new Random(SEED);
    List<Form> forms = new ArrayList<>();
    for (Tiles tiles : Tiles.values()) {
      List<Integer> channels = new ArrayList<>(SIZES);
      Collections.shuffle(channels, random);
      for (int i = 0; i < SIZES.size(); i++) {
        LaneChoice lanes = LANES.get(random.nextInt(LANES.size()));
        forms.add(new Form(SIZES.get(i), channels.get(i), tiles, lanes));
      }
    }
    return forms;
  }

  private static List<Form> everyForm() {
    List<Form> forms = new ArrayList<>();
    for (Tiles tiles : Tiles.values()) {
      for (LaneChoice lanes : LANES) {
        for (int width : SIZES) {
          SIZES.forEach(channels -> forms.add(new Form(width, channels, tiles, lanes)));
        }
      }
    }
    return forms;
  }

  @ParameterizedTest
  @MethodSource("forms")
  void vectorsComputeTheBitsOfPlainCode(Form form) throws IOException {
    Observed expected = trained(form.text(), CompilerOptions.DEFAULT.withTargets(Target.PLAIN));
    trained(form.text(), form.options()).assertSameAs(expected, form + "\n" + form.text());
  }

  /** One step: the momentum is then each gradient. */
  private static Observed trained(String text, CompilerOptions options) throws IOException {
    CompiledProgram program =
        Texts.compile("boundary.net", text, options.withPrograms(ProgramKind.TRAINING))
            .program(ProgramKind.TRAINING);
    return Observed.training(Backend.BYTECODE.load(program), 3, 1, 1);
  }
}
