package org.cnnc.compiler.schedule;

import java.util.List;

/** How the sums of a convolution, or of the gradient of its input, are formed. */
public enum ConvAlgorithm {
  /** As the formula says: a product for each tap of the kernel. */
  DIRECT("direct"),
  /**
   * Winograd's F(2 x 2, 3 x 3): 16 products where the formula has 36. Source: Lavin and Gray, "Fast
   * Algorithms for Convolutional Neural Networks", 2015, section 4.1.
   */
  WINOGRAD("Winograd F(2 x 2, 3 x 3)");

  private final String title;

  ConvAlgorithm(String title) {
    this.title = title;
  }

  /** The name that people know it by. */
  public String title() {
    return title;
  }

  /** Sentences that say why a layer has it; none for the usual one. */
  List<String> why() {
    return switch (this) {
      case DIRECT -> List.of();
      case WINOGRAD ->
          List.of(
              "Four pixels take 16 products a pair of channels where the formula has 36;"
                  + " there are enough channels to pay for the transforms before and after.");
    };
  }
}
