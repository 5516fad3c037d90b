package org.cnnc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.op.Activation.LeakyRelu;
import org.cnnc.compiler.graph.op.Activation.Mish;
import org.cnnc.compiler.graph.op.Activation.Relu;
import org.cnnc.compiler.graph.op.Activation.Sigmoid;
import org.cnnc.compiler.graph.op.Activation.Tanh;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.op.Operator.AveragePool;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.op.Operator.Flatten;
import org.cnnc.compiler.graph.op.Operator.FullyConnected;
import org.cnnc.compiler.graph.op.Operator.MaxPool;
import org.cnnc.compiler.graph.op.Operator.Softmax;
import org.cnnc.compiler.graph.shape.Padding;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;
import org.cnnc.compiler.run.Networks;
import org.cnnc.compiler.run.Texts;
import org.cnnc.compiler.schedule.AlgorithmRule;
import org.cnnc.compiler.schedule.NumericSchedule;
import org.cnnc.compiler.train.Differentiate;
import org.cnnc.compiler.train.KeptGradients;
import org.cnnc.compiler.train.StepGraphPrinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The generated backward pass of every operator and option against central differences of the
 * forward pass, by the pixels and by the parameters; see {@link CentralDifferences}.
 *
 * <p>The pixels are a shuffled grid without 0 and with steps of far more than h, so that no
 * activation bends and no maximum changes hands between v - h and v + h.
 */
final class CentralDifferenceTest {
  private static final int SAMPLE = 12;

  /** A network and how it is called. */
  record Case(String name, NetworkGraph network, AlgorithmRule algorithms) {
    Case(String name, NetworkGraph network) {
      this(name, network, AlgorithmRule.BY_SHAPE);
    }

    Case byWinograd() {
      return new Case(name + ", by Winograd", network, AlgorithmRule.WINOGRAD);
    }

    boolean hasWinograd() {
      return !NumericSchedule.rules(network, AlgorithmRule.WINOGRAD)
          .equals(NumericSchedule.rules(network, AlgorithmRule.DIRECT));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> convolutions() {
    return List.of(
        conv("3x3", image(2, 6, 5), window(3, 3), true),
        conv("padded", image(3, 5, 6), padded(3, 3, 1, 1, 1, 1), true),
        conv("1x1", image(5, 3, 4), window(1, 1), true),
        conv("without bias", image(2, 6, 5), padded(3, 3, 1, 1, 1, 1), false),
        conv("rectangular", image(2, 7, 6), padded(2, 5, 0, 0, 2, 2), true),
        conv("padding on one side", image(1, 5, 5), padded(3, 2, 2, 0, 0, 1), true),
        conv("stride 2", image(2, 7, 8), strided(3, 3, 2, 2, 1), true),
        conv("stride that leaves rows over", image(2, 8, 6), strided(3, 3, 2, 3, 0), true),
        conv("stride over the kernel", image(1, 9, 10), strided(2, 2, 3, 4, 0), true),
        conv("kernel as large as the input", image(3, 4, 5), window(4, 5), true),
        conv("more padding than kernel", image(2, 4, 3), padded(2, 2, 3, 2, 3, 2), true),
        conv("stride past the image", image(2, 3, 3), strided(2, 2, 3, 4, 2), true),
        conv(
            "padding alone seen",
            image(1, 3, 1),
            new Window(new Size(2, 2), new Size(1, 4), new Padding(0, 0, 3, 2)),
            true),
        conv("one pixel", image(2, 1, 1), padded(3, 3, 1, 1, 1, 1), true));
  }

  static List<Case> pools() {
    List<Case> cases = new ArrayList<>();
    for (boolean maximum : new boolean[] {true, false}) {
      cases.add(pool(maximum, "2", image(3, 6, 4), strided(2, 2, 2, 2, 0)));
      cases.add(pool(maximum, "rows left over", image(2, 7, 5), strided(2, 2, 2, 2, 0)));
      cases.add(pool(maximum, "overlapping", image(2, 7, 7), strided(3, 3, 2, 2, 0)));
      cases.add(pool(maximum, "padded", image(2, 6, 7), strided(3, 3, 2, 2, 1)));
      cases.add(pool(maximum, "rectangular", image(2, 6, 7), strided(2, 3, 1, 2, 0)));
      cases.add(pool(maximum, "stride over the kernel", image(1, 8, 9), strided(2, 2, 3, 4, 0)));
      cases.add(pool(maximum, "large window", image(1, 8, 9), strided(7, 6, 1, 2, 3)));
      cases.add(pool(maximum, "padded on one side", image(1, 5, 5), padded(3, 3, 1, 0, 0, 1)));
    }
    return cases;
  }

  /** Convolutions that only a max pool sees: gradients at the places of the windows. */
  static List<Case> pooledConvolutions() {
    Conv2d second = new Conv2d(3, padded(3, 3, 1, 1, 1, 1), true);
    return List.of(
        pooled("relu", image(2, 8, 6), second, new Relu(), strided(2, 2, 2, 2, 0)),
        pooled("sigmoid", image(2, 8, 6), second, new Sigmoid(), strided(2, 2, 2, 2, 0)),
        pooled("rows left over", image(2, 7, 5), second, new Tanh(), strided(2, 2, 2, 2, 0)),
        pooled("windows apart", image(1, 8, 9), second, new Relu(), strided(2, 1, 3, 4, 0)),
        pooled("3 x 3", image(1, 9, 7), second, new Relu(), strided(3, 3, 3, 3, 0)),
        pooled("one large window", image(2, 6, 7), second, new Relu(), strided(6, 7, 1, 1, 0)),
        pooled("windows of one", image(2, 3, 4), second, new Relu(), strided(1, 1, 1, 1, 0)),
        pooled(
            "stride of the convolution",
            image(2, 9, 11),
            new Conv2d(3, strided(3, 2, 2, 1, 1), false),
            new Relu(),
            strided(2, 2, 2, 2, 0)),
        new Case(
            "max pool right after a convolution",
            Networks.innerProduct(
                image(2, 6, 6),
                2,
                new Conv2d(2, window(2, 2), true),
                second,
                new MaxPool(strided(2, 2, 2, 2, 0)))),
        pooled("mish: not at places", image(2, 6, 6), second, new Mish(), strided(2, 2, 2, 2, 0)));
  }

  /** A second convolution, so that the gradient of an input is wanted as well. */
  private static Case pooled(
      String name, TensorShape input, Conv2d conv, Operator activation, Window pool) {
    return new Case(
        "pooled convolution, " + name,
        Networks.innerProduct(
            input,
            2,
            new Conv2d(2, padded(3, 3, 1, 1, 1, 1), true),
            conv,
            activation,
            new MaxPool(pool)));
  }

  /** Convolutions that only an average pool sees: gradients of the weights over averages. */
  static List<Case> averagedConvolutions() {
    Conv2d second = new Conv2d(8, padded(3, 3, 1, 1, 1, 1), true);
    return List.of(
        averaged("2", image(2, 8, 6), second, strided(2, 2, 2, 2, 0)),
        averaged("rows left over", image(2, 7, 5), second, strided(2, 2, 2, 2, 0)),
        averaged("overlapping", image(2, 9, 7), second, strided(3, 2, 2, 2, 0)),
        averaged("windows apart", image(1, 8, 9), second, strided(2, 1, 3, 4, 0)),
        averaged("all", image(2, 6, 5), new Conv2d(9, window(3, 3), false), strided(4, 3, 1, 1, 0)),
        averaged(
            "more padding than the pool sees",
            image(2, 5, 4),
            new Conv2d(9, padded(4, 5, 3, 2, 4, 1), true),
            strided(2, 3, 2, 3, 0)),
        averaged(
            "padding alone seen",
            image(2, 3, 2),
            new Conv2d(12, padded(2, 2, 5, 4, 3, 5), true),
            strided(2, 2, 2, 2, 0)));
  }

  /** A second convolution, as above. */
  private static Case averaged(String name, TensorShape input, Conv2d conv, Window pool) {
    return new Case(
        "averaged convolution, " + name,
        Networks.innerProduct(
            input,
            2,
            new Conv2d(2, padded(3, 3, 1, 1, 1, 1), true),
            conv,
            new AveragePool(pool),
            new Tanh()));
  }

  /** Every network so far that has a convolution for which Winograd is defined. */
  static List<Case> byWinograd() {
    List<Case> shapes =
        List.of(
            conv("odd sizes", image(3, 7, 5), padded(3, 3, 1, 1, 1, 1), true),
            conv("most padding", image(2, 4, 3), padded(3, 3, 2, 2, 2, 2), true),
            conv("uneven padding", image(2, 5, 6), padded(3, 3, 0, 2, 1, 0), false));
    return Stream.of(
            shapes, convolutions(), pooledConvolutions(), averagedConvolutions(), networks())
        .flatMap(List::stream)
        .filter(Case::hasWinograd)
        .map(Case::byWinograd)
        .toList();
  }

  static List<Case> others() {
    TensorShape image = image(2, 4, 3);
    TensorShape vector = TensorShape.vector(7);
    return List.of(
        single("relu", image, new Relu()),
        single("relu of a vector", vector, new Relu()),
        single("sigmoid", image, new Sigmoid()),
        single("tanh", image, new Tanh()),
        single("mish", image, new Mish()),
        single("leaky_relu", image, new LeakyRelu(0.01f)),
        single("leaky_relu with a negative slope", image, new LeakyRelu(-0.5f)),
        single("flatten", image, new Flatten()),
        single("fc", vector, new FullyConnected(5, true)),
        single("fc without bias", vector, new FullyConnected(5, false)),
        single("fc to one", vector, new FullyConnected(1, true)),
        single("softmax", vector, new Softmax()),
        new Case("cross_entropy", Networks.crossEntropy(vector, 3, new Softmax())),
        new Case(
            "cross_entropy of fc",
            Networks.crossEntropy(vector, 4, new FullyConnected(4, true), new Softmax())));
  }

  /** Whole networks, with every kind of layer. */
  static List<Case> networks() {
    return List.of(
        text(
            "lecture",
            """
            network Lecture {
                input image[3, 8, 8];
                features = image
                    -> conv(3, kernel = 3, padding = same) -> relu -> maxpool(2)
                    -> conv(4, kernel = 3, padding = same) -> relu -> maxpool(2);
                output label = features -> flatten -> fc(5) -> relu -> fc(3) -> softmax;
                loss cross_entropy(label);
                train { optimizer = sgd(rate = 1, momentum = 0.9); batch = 3; }
            }
            """),
        text(
            "activations",
            """
            network Activations {
                input image[1, 7, 6];
                features = image -> conv(2, kernel = 3, stride = [2, 1]) -> sigmoid
                    -> conv(3, kernel = [1, 2], padding = [1, 0]) -> tanh -> avgpool(3, stride = 2, padding = 1)
                    -> leaky_relu(slope = 0.2) -> conv(2, kernel = 1, bias = false) -> mish;
                output label = features -> flatten -> fc(6, bias = false) -> tanh -> fc(4) -> softmax;
                loss cross_entropy(label);
                train { optimizer = adam(rate = 1, weight_decay = 0.5); batch = 2; }
            }
            """),
        text(
            "softmax inside",
            """
            network Inside {
                input image[1, 2, 3];
                output label = image -> flatten -> fc(4) -> softmax -> fc(3) -> softmax;
                loss cross_entropy(label);
                train { batch = 2; }
            }
            """),
        text(
            "a value with two uses",
            """
            network Branches {
                input image[1, 6, 6];
                stem = image -> conv(3, kernel = 3, padding = same) -> relu;
                edges = stem -> maxpool(6) -> flatten;
                scores = stem -> avgpool(3, stride = 2, padding = 1) -> flatten -> fc(3);
                output label = scores -> softmax;
                output shown = edges;
                loss cross_entropy(label);
                train { batch = 2; }
            }
            """));
  }

  private static TensorShape image(int channels, int height, int width) {
    return TensorShape.image(channels, height, width);
  }

  private static Window window(int rows, int columns) {
    return strided(rows, columns, 1, 1, 0);
  }

  private static Window strided(int rows, int columns, int down, int right, int padding) {
    return new Window(
        new Size(rows, columns),
        new Size(down, right),
        new Padding(padding, padding, padding, padding));
  }

  private static Window padded(int rows, int columns, int top, int bottom, int left, int right) {
    return new Window(
        new Size(rows, columns), new Size(1, 1), new Padding(top, bottom, left, right));
  }

  private static Case conv(String name, TensorShape input, Window window, boolean bias) {
    return single("conv, " + name, input, new Conv2d(3, window, bias));
  }

  private static Case pool(boolean maximum, String name, TensorShape input, Window window) {
    Operator operator = maximum ? new MaxPool(window) : new AveragePool(window);
    return single((maximum ? "maxpool, " : "avgpool, ") + name, input, operator);
  }

  private static Case single(String name, TensorShape input, Operator operator) {
    return new Case(name, Networks.innerProduct(input, 2, operator));
  }

  private static Case text(String name, String text) {
    return new Case(name, Texts.compile("test.net", text, CompilerOptions.DEFAULT).network().get());
  }

  /** Then nothing of the size of the first convolution is there. */
  @Test
  void averagesOfTheImageGiveTheGradientOfTheFirstWeight() {
    NetworkGraph network =
        Networks.innerProduct(
            image(2, 7, 6),
            2,
            new Conv2d(8, padded(3, 3, 1, 1, 1, 1), true),
            new AveragePool(strided(2, 2, 2, 2, 0)),
            new Tanh());
    DoubleStep step =
        new DoubleStep(
            Compiler.compile(network, CompilerOptions.DEFAULT.withPrograms(ProgramKind.TRAINING))
                .program(ProgramKind.TRAINING));
    Random random = new Random(17);
    step.initialise(random, 8);
    step.setImages(grid(step.pixelCount(), random));

    CentralDifferences.check(step, step.parameters(), SAMPLE, random);
  }

  @ParameterizedTest
  @MethodSource("averagedConvolutions")
  void weightsOfAveragedConvolutionsSeeAverages(Case c) {
    assertThat(
            StepGraphPrinter.print(
                Differentiate.apply(c.network(), KeptGradients.PARAMETERS_AND_IMAGE)))
        .contains("layer2.averages");
  }

  @ParameterizedTest
  @MethodSource({
    "convolutions",
    "pools",
    "pooledConvolutions",
    "averagedConvolutions",
    "others",
    "networks",
    "byWinograd"
  })
  void derivativesAreCentralDifferencesOfTheLoss(Case c) {
    CompilerOptions options =
        CompilerOptions.DEFAULT
            .withPrograms(ProgramKind.TRAINING)
            .withKeptGradients(KeptGradients.PARAMETERS_AND_IMAGE)
            .withAlgorithms(c.algorithms());
    DoubleStep step =
        new DoubleStep(Compiler.compile(c.network(), options).program(ProgramKind.TRAINING));
    Random random = new Random(17);
    int classes = c.network().outputs().get(0).value().shape().channels();
    step.initialise(random, classes);
    step.setImages(grid(step.pixelCount(), random));

    CentralDifferences.check(step, step.pixels(), SAMPLE, random);
    CentralDifferences.check(step, step.parameters(), SAMPLE, random);
  }

  /** Numbers from -2 to 2, evenly spaced, none of them 0, in random order. */
  private static double[] grid(int count, Random random) {
    List<Double> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(4 * (i + 0.5) / count - 2 + (count % 2 == 0 ? 0 : 0.5 / count));
    }
    Collections.shuffle(numbers, random);
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
