package org.cnnc.compiler.graph;

import org.cnnc.compiler.graph.shape.TensorShape;

/**
 * A value of the network: what a node gives for one image.
 *
 * @param id position in {@link NetworkGraph#values()}
 * @param name the user's name for it, else the name of the layer that gives it; unique
 */
public record Value(int id, String name, TensorShape shape) {}
