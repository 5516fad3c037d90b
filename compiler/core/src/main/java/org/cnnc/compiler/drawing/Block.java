package org.cnnc.compiler.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cnnc.compiler.drawing.Sketch.Family;
import org.cnnc.compiler.drawing.Sketch.Layer;
import org.cnnc.compiler.graph.shape.TensorShape;

/**
 * What is drawn as one body: a layer, with the activation that follows it at once, as the lecture
 * says "convolution and ReLU".
 *
 * @param layers one or two
 * @param inputs the blocks that it takes from
 */
record Block(List<Layer> layers, List<Integer> inputs) {
  Block {
    layers = List.copyOf(layers);
    inputs = List.copyOf(inputs);
  }

  /** The blocks of a network; the input is the first. */
  static List<Block> of(Sketch sketch) {
    List<Block> blocks = new ArrayList<>();
    int[] blockOfLayer = new int[sketch.layers().size()];
    for (int i = 0; i < sketch.layers().size(); i++) {
      Layer layer = sketch.layers().get(i);
      if (i > 0 && joins(layer, sketch.layers().get(i - 1), i - 1)) {
        Block before = blocks.remove(blocks.size() - 1);
        blocks.add(new Block(List.of(before.first(), layer), before.inputs()));
      } else {
        List<Integer> inputs =
            layer.inputs().stream().map(input -> blockOfLayer[input]).distinct().toList();
        blocks.add(new Block(List.of(layer), inputs));
      }
      blockOfLayer[i] = blocks.size() - 1;
    }
    return blocks;
  }

  /** Whether an activation is the only reader of a layer that learns, in the same stage. */
  private static boolean joins(Layer layer, Layer before, int beforePosition) {
    return layer.family() == Family.ACTIVATION
        && (before.family() == Family.CONVOLUTION || before.family() == Family.FULLY_CONNECTED)
        && layer.inputs().equals(List.of(beforePosition))
        && before.consumers() == 1
        && layer.stage().equals(before.stage());
  }

  /** The layer that gives the block its form. */
  Layer first() {
    return layers.get(0);
  }

  boolean hasActivation() {
    return layers.size() > 1;
  }

  TensorShape shape() {
    return first().shape();
  }

  Optional<Integer> stage() {
    return first().stage();
  }

  /** Labels of the classes, if its result is an output that has them. */
  List<String> labels() {
    return layers.get(layers.size() - 1).labels();
  }

  /** {@code conv1 + relu1}. */
  String title() {
    return layers.stream().map(Layer::name).collect(Collectors.joining(" + "));
  }

  /** What stands below it: title, window, shape, theta; an empty text leaves its line free. */
  List<String> caption() {
    Layer layer = first();
    String theta = layer.family() == Family.INPUT ? "" : "no θ";
    return List.of(
        title(),
        layer.windowText(),
        layer.shapeText(),
        layer.theta() > 0 ? layer.thetaText() : theta);
  }
}
