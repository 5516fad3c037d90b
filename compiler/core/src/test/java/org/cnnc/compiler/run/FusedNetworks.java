package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

/** What the tests of fused layers share. */
final class FusedNetworks {
  private FusedNetworks() {}

  /** A network of some layers, behind which an answer of three classes is. */
  static String text(String image, String features) {
    return """
    network Fused {
        input image[%s];
        output label = image -> %s -> flatten -> fc(3) -> softmax;
        loss cross_entropy(label);
        train { optimizer = sgd(rate = 0.1, momentum = 0.9); batch = 3; }
    }
    """
        .formatted(image, features);
  }

  /** The same with a convolution whose value has a name of its own. */
  static String withNamedConvolution(String behind) {
    return """
    network Kept {
        input image[3, 9, 11];
        inner = image -> conv(7, kernel = 3);
        output label = inner -> %s -> flatten -> fc(3) -> softmax;
        loss cross_entropy(label);
    }
    """
        .formatted(behind);
  }

  /** All NaNs are equal. */
  static void assertSameBits(float[] actual, float[] expected, String what) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(Float.floatToIntBits(actual[i]))
          .as("%s at %d", what, i)
          .isEqualTo(Float.floatToIntBits(expected[i]));
    }
  }
}
