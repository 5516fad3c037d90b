package org.cnnc.compiler.train;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.LossSpec;
import org.cnnc.compiler.graph.OptimizerSpec;
import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.graph.op.GradientRule;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;

/**
 * What an operation computes. The order of its tensors:
 *
 * <ul>
 *   <li>{@link Forward}: input, parameters -> value, and places if asked for
 *   <li>{@link PooledForward}: the convolution's input and parameters -> the pool's value, and
 *       places if asked for
 *   <li>{@link InputGradient}: gradient of the output, then what {@link GradientRule} asks for
 *       (input, output, parameters) -> gradient of the input
 *   <li>{@link ParameterGradient}: gradient of the output, input -> gradients of the parameters
 *   <li>both: where the gradient of the output is one of the windows of a pool, the pool's places
 *       come last
 *   <li>{@link Loss}: value, target -> loss
 *   <li>{@link LossGradient}: value, target -> gradient of the value
 *   <li>{@link Accumulate}: gradients by each use of a value -> gradient of the value
 *   <li>{@link Update}: gradient, parameter, states -> nothing; the parameter and its states are
 *       changed in place
 *   <li>{@link GradientUpdate}: gradient of the output, input, then each parameter and its states
 *       -> nothing; parameters and states are changed in place
 * </ul>
 */
public sealed interface Computation {
  /** Where the work of an operation can be cut. */
  enum Granularity {
    /** Image by image. */
    IMAGE,
    /** Row by row of a parameter, over all images. */
    PARAMETER_ROW
  }

  Granularity granularity();

  /** Whether it changes parameters and their states in place. */
  default boolean updates() {
    return false;
  }

  <R> R accept(Visitor<R> visitor);

  /** One method a kind; adding a kind breaks every visitor. */
  interface Visitor<R> {
    R visitForward(Forward computation);

    R visitPooledForward(PooledForward computation);

    R visitInputGradient(InputGradient computation);

    R visitParameterGradient(ParameterGradient computation);

    R visitLoss(Loss computation);

    R visitLossGradient(LossGradient computation);

    R visitAccumulate(Accumulate computation);

    R visitUpdate(Update computation);

    R visitGradientUpdate(GradientUpdate computation);
  }

  /**
   * {@code output = operator(input)}, or {@code activation(operator(input))}, both at once.
   *
   * @param places whether a max pool also gives the place of each window's largest element
   * @param activation of a convolution's value, of its shape
   */
  record Forward(Operator operator, boolean places, Optional<Activation> activation)
      implements Computation {
    public Forward(Operator operator, boolean places) {
      this(operator, places, Optional.empty());
    }

    public Forward(Operator operator) {
      this(operator, false);
    }

    @Override
    public Granularity granularity() {
      return Granularity.IMAGE;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitForward(this);
    }
  }

  /**
   * {@code output = pool(activation(convolution(input)))}, the three of them at once: the same bits
   * as one after the other.
   *
   * @param activation of the convolution's value; absent where that goes into the pool as it is
   * @param windows of the pool, a maximum, which are apart
   * @param places whether the place of each window's largest element is given, too
   */
  record PooledForward(
      Conv2d convolution, Optional<Activation> activation, Window windows, boolean places)
      implements Computation {
    @Override
    public Granularity granularity() {
      return Granularity.IMAGE;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitPooledForward(this);
    }

    /** Shape of the pool's value. */
    public TensorShape outputShape(TensorShape input) {
      return windows.outputShape(convolution.outChannels(), convolution.outputShape(input));
    }
  }

  /**
   * The loss's derivative by the input of an operator.
   *
   * @param windows of a pool, when the gradient of the output is not zero at one place of each
   *     window at most, and only that one element of each is given
   */
  record InputGradient(Operator operator, Optional<Window> windows) implements Computation {
    public InputGradient(Operator operator) {
      this(operator, Optional.empty());
    }

    @Override
    public Granularity granularity() {
      return Granularity.IMAGE;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitInputGradient(this);
    }
  }

  /**
   * The loss's derivatives by the parameters of an operator, summed over the images.
   *
   * @param windows as for {@link InputGradient}
   */
  record ParameterGradient(Operator operator, Optional<Window> windows) implements Computation {
    public ParameterGradient(Operator operator) {
      this(operator, Optional.empty());
    }

    @Override
    public Granularity granularity() {
      return switch (operator.gradientRule().parameterSums()) {
        case IMAGE_BY_IMAGE -> Granularity.IMAGE;
        case ROW_BY_ROW -> Granularity.PARAMETER_ROW;
      };
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitParameterGradient(this);
    }
  }

  /** The loss of an image. */
  record Loss(LossSpec.Kind kind) implements Computation {
    @Override
    public Granularity granularity() {
      return Granularity.IMAGE;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitLoss(this);
    }
  }

  /** The derivative of the step's loss by the value that an image's loss is computed from. */
  record LossGradient(LossSpec.Kind kind) implements Computation {
    @Override
    public Granularity granularity() {
      return Granularity.IMAGE;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitLossGradient(this);
    }
  }

  /** The sum of the gradients that a value gets from its uses. */
  record Accumulate() implements Computation {
    @Override
    public Granularity granularity() {
      return Granularity.IMAGE;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitAccumulate(this);
    }
  }

  /** One step of the optimizer. */
  record Update(OptimizerSpec optimizer) implements Computation {
    @Override
    public Granularity granularity() {
      return Granularity.PARAMETER_ROW;
    }

    @Override
    public boolean updates() {
      return true;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitUpdate(this);
    }
  }

  /**
   * The derivatives by the parameters of an operator, summed row by row, and one step of the
   * optimizer with them at once, so that nobody else sees them: the same bits as one after the
   * other.
   */
  record GradientUpdate(Operator operator, OptimizerSpec optimizer) implements Computation {
    @Override
    public Granularity granularity() {
      return Granularity.PARAMETER_ROW;
    }

    @Override
    public boolean updates() {
      return true;
    }

    /** How many parameters an operation changes. */
    public int parameters(Operation operation) {
      return (operation.inputs().size() - 2) / (1 + optimizer.states().size());
    }

    /** A parameter that an operation changes, by position, and its states. */
    public List<Tensor> changed(Operation operation, int parameter) {
      int each = 1 + optimizer.states().size();
      int first = 2 + parameter * each;
      return operation.inputs().subList(first, first + each);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitGradientUpdate(this);
    }
  }
}
