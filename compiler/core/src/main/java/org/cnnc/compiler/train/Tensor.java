package org.cnnc.compiler.train;

import java.util.List;
import org.cnnc.compiler.graph.shape.TensorShape;

/**
 * A tensor of a step.
 *
 * @param id position in {@link StepGraph#tensors()}
 * @param name unique: {@code conv1}, {@code conv1.weight}; a gradient starts with {@code d_}
 * @param subject id of the tensor it is about: of a gradient the value or parameter, of a state the
 *     parameter, of a gradient at the windows of a pool, and of places, the pool's value, else its
 *     own
 * @param dims shape; of the roles that exist once an image, the shape for one image
 */
public record Tensor(int id, String name, Role role, int subject, List<Integer> dims) {
  /** What a tensor is for. */
  public enum Role {
    /** A value of the network, one an image. */
    VALUE,
    /** The loss's derivative by a value, one an image. */
    VALUE_GRADIENT,
    /**
     * Where each window of a max pool found its largest element, one an image: {@code row * columns
     * + column} within the window.
     */
    PLACES,
    /** What the user knows to be right, one an image: a class number, or a tensor. */
    TARGET,
    /** The loss, one number an image. */
    LOSS,
    /** A parameter: what training changes. */
    PARAMETER,
    /** The loss's derivative by a parameter. */
    PARAMETER_GRADIENT,
    /** What an optimizer remembers of a parameter. */
    STATE;

    /** Whether it has the shape of a value, one an image. */
    public boolean isPlane() {
      return this == VALUE || this == VALUE_GRADIENT || this == PLACES;
    }

    /** Whether every image has one of its own. */
    public boolean isPerImage() {
      return switch (this) {
        case VALUE, VALUE_GRADIENT, PLACES, TARGET, LOSS -> true;
        case PARAMETER, PARAMETER_GRADIENT, STATE -> false;
      };
    }
  }

  public Tensor {
    dims = List.copyOf(dims);
  }

  /** The shape of a value or a value's gradient. */
  public TensorShape shape() {
    return new TensorShape(dims);
  }
}
