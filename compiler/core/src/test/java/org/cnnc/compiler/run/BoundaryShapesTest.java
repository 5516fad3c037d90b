package org.cnnc.compiler.run;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Shapes at the edge of what the language allows: all backends give the same bits. A layer before
 * them asks for the gradient of their input.
 */
final class BoundaryShapesTest {
  /**
   * A network of one feature extractor.
   *
   * @param features layers between the image and the flattening
   */
  record Shape(String name, String image, String features, int batch) {
    String text() {
      return """
      network Boundary {
          input image[%s];
          output label = image -> conv(3, kernel = 1) -> tanh -> %sflatten -> fc(3) -> softmax;
          loss cross_entropy(label);
          train { optimizer = sgd(rate = 0.1, momentum = 0.9); batch = %d; }
      }
      """
          .formatted(image, features, batch);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Shape> shapes() {
    return List.of(
        new Shape("nothing but fc", "1, 1, 1", "", 1),
        new Shape("one pixel, 1x1 kernel", "1, 1, 1", "conv(1, kernel = 1) -> relu -> ", 1),
        new Shape("one pixel in padding", "3, 1, 1", "conv(2, kernel = 3, padding = 1) -> ", 2),
        new Shape("one pixel, same", "3, 1, 1", "conv(5, kernel = 4, padding = same) -> ", 2),
        new Shape("one pixel pooled", "3, 1, 1", "maxpool(1) -> avgpool(1) -> ", 2),
        new Shape("one row", "2, 1, 9", "conv(3, kernel = [1, 3]) -> maxpool([1, 2]) -> ", 3),
        new Shape("one column", "2, 9, 1", "conv(3, kernel = [3, 1]) -> avgpool([2, 1]) -> ", 3),
        new Shape("kernel is the input", "3, 6, 5", "conv(7, kernel = [6, 5]) -> ", 4),
        new Shape("pool is the input", "3, 6, 5", "maxpool([6, 5]) -> ", 4),
        new Shape("mean of the input", "3, 6, 5", "avgpool([6, 5]) -> ", 4),
        new Shape(
            "kernel is the padded input", "1, 3, 3", "conv(2, kernel = 5, padding = 1) -> ", 2),
        new Shape("stride over kernel", "2, 11, 13", "conv(3, kernel = 2, stride = [3, 5]) -> ", 3),
        new Shape("stride over input", "2, 5, 6", "conv(3, kernel = 2, stride = 100) -> ", 3),
        new Shape("pool stride over kernel", "2, 11, 13", "maxpool(2, stride = [3, 5]) -> ", 3),
        new Shape("pool stride 1", "2, 5, 6", "avgpool(4, stride = 1, padding = 2) -> ", 3),
        new Shape("padding over kernel", "2, 3, 4", "conv(3, kernel = 2, padding = 4) -> ", 3),
        new Shape("outputs of padding alone", "1, 2, 2", "conv(2, kernel = 1, padding = 3) -> ", 2),
        new Shape(
            "padded and strided past the image",
            "2, 3, 3",
            "conv(2, kernel = 2, stride = 3, padding = [5, 2, 0, 7]) -> ",
            2),
        new Shape("odd sizes", "3, 7, 11", "conv(5, kernel = 3, stride = 2) -> maxpool(2) -> ", 5),
        new Shape(
            "prime channels", "7, 5, 5", "conv(13, kernel = 3) -> conv(11, kernel = 2) -> ", 3),
        new Shape(
            "one channel between", "3, 6, 6", "conv(1, kernel = 3) -> conv(4, kernel = 3) -> ", 3),
        new Shape("17 channels, 1x1", "17, 3, 3", "conv(19, kernel = 1) -> mish -> ", 2),
        new Shape(
            "pooled, rows left over",
            "2, 9, 7",
            "conv(9, kernel = 3) -> relu -> maxpool(2) -> ",
            3),
        new Shape(
            "pooled, windows apart",
            "3, 11, 13",
            "conv(17, kernel = 3, padding = same) -> sigmoid -> maxpool([2, 1], stride = [3, 4]) -> ",
            3),
        new Shape(
            "pooled, one large window",
            "2, 7, 9",
            "conv(5, kernel = [4, 1], stride = [1, 2]) -> tanh -> maxpool([4, 5]) -> ",
            2),
        new Shape(
            "pooled twice without activation",
            "1, 18, 18",
            "conv(4, kernel = 5, padding = 2) -> maxpool(3) -> conv(6, kernel = 3, padding = same) -> maxpool(2) -> ",
            9),
        new Shape(
            "pooled, many channels of 1x1",
            "8, 28, 28",
            "conv(16, kernel = 1) -> relu -> maxpool(2) -> conv(34, kernel = [1, 3]) -> maxpool(2) -> ",
            3),
        new Shape(
            "pooled, many channels of 2x2",
            "7, 10, 10",
            "conv(16, kernel = 2, padding = 1) -> relu -> maxpool(2) -> conv(33, kernel = 2) -> maxpool(2) -> ",
            9),
        new Shape("batch of 1", "2, 6, 6", "conv(3, kernel = 3) -> relu -> maxpool(2) -> ", 1),
        new Shape(
            "batch of 1, cut into parts",
            "5, 9, 11",
            "conv(17, kernel = 3, padding = same) -> relu -> maxpool(2) -> conv(19, kernel = 3, padding = same) -> conv(16, kernel = 2, stride = 2) -> ",
            1),
        new Shape(
            "batch of 1, one pixel in parts",
            "2, 1, 1",
            "conv(67, kernel = 1) -> relu -> conv(50, kernel = 1) -> flatten -> fc(83) -> ",
            1),
        new Shape(
            "16 channels, pooled",
            "3, 11, 9",
            "conv(16, kernel = 1) -> conv(7, kernel = 3, padding = same) -> relu -> maxpool(2) -> ",
            3),
        new Shape(
            "32 channels, pooled, of 5x5",
            "3, 12, 9",
            "conv(32, kernel = 2) -> conv(6, kernel = [5, 4], padding = [1, 0, 2, 3]) -> maxpool([2, 3]) -> ",
            9),
        new Shape("batch of 9", "2, 6, 6", "conv(3, kernel = 3) -> relu -> maxpool(2) -> ", 9),
        new Shape("batch of 64", "2, 6, 6", "conv(3, kernel = 3) -> relu -> maxpool(2) -> ", 64));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void backendsAgree(Shape shape) throws IOException {
    Agreement.check(shape.text(), true);
  }
}
