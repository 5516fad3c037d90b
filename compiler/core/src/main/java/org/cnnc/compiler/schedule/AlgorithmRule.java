package org.cnnc.compiler.schedule;

import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;

/**
 * Which algorithm a convolution, or a fully connected layer, has. It decides bits, so it follows
 * from shapes alone, never from a machine or a target.
 */
public enum AlgorithmRule {
  /**
   * {@link ConvAlgorithm#WINOGRAD} where that is faster on the vector target, by measurement with
   * vectors of 256 and 512 bits: with 32 channels or more on both sides by 1.03 to 5.8 times, for
   * maps of 2 x 2 to 32 x 32 pixels; with 16 on one of them, where all vectors are full on both, by
   * 1.02 to 2 times for maps of 8 x 8 to 32 x 32; with 20 or 24 it is slower.
   */
  BY_SHAPE,
  /** As the formulas say everywhere; for tests and for comparing. */
  DIRECT,
  /**
   * As {@link #BY_SHAPE}, but by {@link ConvAlgorithm#WINOGRAD} wherever it is defined; for tests
   * and for comparing.
   */
  WINOGRAD;

  private static final Size KERNEL = new Size(3, 3);
  private static final Size STRIDE = new Size(1, 1);

  /** With fewer channels on both sides transforms do not pay. */
  private static final int MANY_CHANNELS = 32;

  /** What fills all vectors of any machine. */
  private static final int WHOLE_VECTORS = 16;

  private static final int TILE = 2;

  /** Fewer inputs are a small weight, soon brought into another order. */
  private static final int LONG_SUM = 1024;

  /**
   * Whether the sums of a fully connected layer are made of partial sums ({@link
   * NumericSchedule#PARTIAL_SUMS}). So its weight needs no second order on vectors, where bringing
   * it there after each step takes longer than the sums of an image.
   */
  public boolean interleaves(int inputs) {
    return this != DIRECT && inputs >= LONG_SUM;
  }

  /** The algorithm of the forward pass. */
  public ConvAlgorithm forward(Conv2d conv, TensorShape input) {
    return choose(conv, input, input.channels(), conv.outChannels());
  }

  /**
   * The algorithm of the gradient of the input: a convolution from the channels of the output to
   * those of the input.
   */
  public ConvAlgorithm inputGradient(Conv2d conv, TensorShape input) {
    return choose(conv, input, conv.outChannels(), input.channels());
  }

  /**
   * Both directions of a layer have the same algorithm by shape, so that the hash, which tells of
   * the forward pass, tells of the gradients, too.
   */
  private ConvAlgorithm choose(Conv2d conv, TensorShape input, int from, int to) {
    boolean winograd =
        switch (this) {
          case BY_SHAPE ->
              isDefined(conv)
                  && pays(from, to)
                  && areTiles(input)
                  && areTiles(conv.outputShape(input));
          case DIRECT -> false;
          case WINOGRAD -> isDefined(conv);
        };
    return winograd ? ConvAlgorithm.WINOGRAD : ConvAlgorithm.DIRECT;
  }

  private static boolean isDefined(Conv2d conv) {
    Window window = conv.window();
    return window.kernel().equals(KERNEL)
        && window.stride().equals(STRIDE)
        && window.seesImageEverywhere();
  }

  private static boolean pays(int from, int to) {
    boolean whole = from % WHOLE_VECTORS == 0 && to % WHOLE_VECTORS == 0;
    return Math.max(from, to) >= MANY_CHANNELS && (whole || Math.min(from, to) >= MANY_CHANNELS);
  }

  /** A tile that lies mostly outside takes more products than its pixels would. */
  private static boolean areTiles(TensorShape map) {
    return map.height() >= TILE && map.width() >= TILE;
  }
}
