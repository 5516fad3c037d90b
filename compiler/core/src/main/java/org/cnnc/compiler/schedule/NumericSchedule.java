package org.cnnc.compiler.schedule;

import java.util.List;
import java.util.function.Predicate;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.graph.op.Operator.Conv2d;

/**
 * What decides the bits of a step; it follows from the model and the batch size alone.
 *
 * <p>Sums begin with the bias or zero and are fused multiply-adds in this order: forward over
 * (kernel row, kernel column, input channel); the gradient of the input over (kernel row, kernel
 * column, output channel); the gradient of a weight over (image, row, column), or, where the
 * gradient is one element of each window of a pool, over (image, window row, window column): the
 * other elements are zero and are left out. Behind an average pool it may be over (image, window
 * row, window column) of averages of the input ({@code AveragedConvolution}). The gradients of
 * parameters that are summed image by image are split into {@code imageBlocks} partial sums of
 * {@code imagesPerBlock} consecutive images each, added in order.
 *
 * <p>A fully connected layer with many inputs ({@code algorithms} says which) makes {@link
 * #PARTIAL_SUMS} partial sums of each sum, the i-th one of all inputs i, i + 16, i + 32, ..., the
 * first one beginning with the bias; then the upper half of them is added to the lower one until
 * one is left.
 *
 * <p>Where {@code algorithms} says {@link ConvAlgorithm#WINOGRAD}, the forward pass and the
 * gradient of the input begin with zero and sum over the input or output channels at each of a
 * tile's 16 places; the bias is added to the result of the transform.
 */
public record NumericSchedule(int imageBlocks, int imagesPerBlock, AlgorithmRule algorithms) {
  /** Names the rules of the forward pass; part of the model's hash, to be changed with them. */
  private static final String VERSION = "direct-1";

  /** As {@link #VERSION}, of layers that are computed by {@link ConvAlgorithm#WINOGRAD}. */
  private static final String WINOGRAD_VERSION = "winograd-1";

  /** As {@link #VERSION}, of fully connected layers whose sums are made of partial sums. */
  private static final String INTERLEAVED_VERSION = "interleaved-1";

  /**
   * Of each sum of a fully connected layer with many inputs: the lanes of the widest vector. Part
   * of {@link #INTERLEAVED_VERSION}, whatever machines may have.
   */
  public static final int PARTIAL_SUMS = 16;

  /**
   * Names the rules of gradients and updates, to be changed with them. They decide what a training
   * gives, not what weights mean: so this is no part of the model's hash, but of what a training
   * program says of itself, and a run that was stopped goes on by the same rules or not at all.
   * (The rules before, without a name, summed behind a pool over all elements.)
   */
  public static final String TRAINING_VERSION = "gradients-3";

  private static final int MAX_BLOCKS = 8;

  public NumericSchedule {
    if (imageBlocks < 1 || imagesPerBlock < 1) {
      throw new IllegalArgumentException(imageBlocks + " blocks of " + imagesPerBlock);
    }
  }

  /**
   * The rules of a network's forward pass: {@code direct-1}, and which nodes have others, if any
   * has.
   */
  public static String rules(NetworkGraph network, AlgorithmRule algorithms) {
    StringBuilder text = new StringBuilder(VERSION);
    tell(text, WINOGRAD_VERSION, network, node -> isByWinograd(node, algorithms));
    tell(text, INTERLEAVED_VERSION, network, node -> isInterleaved(node, algorithms));
    return text.toString();
  }

  private static void tell(
      StringBuilder text, String version, NetworkGraph network, Predicate<Node> has) {
    List<Node> nodes = network.nodes().stream().filter(has).toList();
    if (!nodes.isEmpty()) {
      text.append(", ").append(version).append(" of");
      nodes.forEach(node -> text.append(" %").append(node.output().id()));
    }
  }

  private static boolean isByWinograd(Node node, AlgorithmRule algorithms) {
    return node.operator() instanceof Conv2d conv
        && algorithms.forward(conv, node.input().shape()) == ConvAlgorithm.WINOGRAD;
  }

  private static boolean isInterleaved(Node node, AlgorithmRule algorithms) {
    return node.operator().sumsAllInputs()
        && algorithms.interleaves(node.input().shape().elements());
  }

  /** The schedule for a batch: at most eight blocks, enough to keep several threads busy. */
  public static NumericSchedule forBatch(int batch, AlgorithmRule algorithms) {
    int imagesPerBlock = (batch + MAX_BLOCKS - 1) / MAX_BLOCKS;
    int imageBlocks = (batch + imagesPerBlock - 1) / imagesPerBlock;
    return new NumericSchedule(imageBlocks, imagesPerBlock, algorithms);
  }
}
