package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.ONE;
import static org.cnnc.compiler.lower.Loops.ZERO;
import static org.cnnc.compiler.lower.Loops.add;
import static org.cnnc.compiler.lower.Loops.divide;
import static org.cnnc.compiler.lower.Loops.max;
import static org.cnnc.compiler.lower.Loops.multiply;
import static org.cnnc.compiler.lower.Loops.subtract;

import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.graph.op.Activation.LeakyRelu;
import org.cnnc.compiler.graph.op.Activation.Mish;
import org.cnnc.compiler.graph.op.Activation.Relu;
import org.cnnc.compiler.graph.op.Activation.Sigmoid;
import org.cnnc.compiler.graph.op.Activation.Tanh;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.IntrinsicCall;
import org.cnnc.compiler.loop.Select;
import org.cnnc.compiler.loop.Unary;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;

/** An activation and its derivative, as expressions over one element. */
interface ActivationFormula {
  /** {@code f(x)}; of many lanes where {@link #isArithmetic}. */
  Expr value(Locals locals, Expr x);

  /**
   * {@code f'(x) * dy}.
   *
   * @param known x, or y = f(x), as the function's gradient rule says
   */
  Expr gradient(Locals locals, Expr known, Expr dy);

  /** Whether the value is computed in lanes: without functions and locals. */
  default boolean isArithmetic() {
    return false;
  }

  /**
   * Whether the value is x where x is positive or NaN, and one and the same number where it is not:
   * then the largest value is that of the largest x.
   */
  default boolean isRectifier() {
    return false;
  }

  /** A constant for all lanes that {@code x} has. */
  private static Expr like(Expr x, Expr constant) {
    return x.type() == ValueType.VECTOR ? new Broadcast(constant) : constant;
  }

  static ActivationFormula of(Activation function) {
    return function.acceptActivation(new Formulas());
  }

  /** The formula of each function. */
  final class Formulas implements Activation.ActivationVisitor<ActivationFormula> {
    /** {@code max(x, 0)}; {@code y <= 0 ? 0 : dy}: NaN passes both ways, as in PyTorch. */
    @Override
    public ActivationFormula visitRelu(Relu function) {
      return new ActivationFormula() {
        @Override
        public Expr value(Locals locals, Expr x) {
          return max(x, like(x, ZERO));
        }

        @Override
        public boolean isArithmetic() {
          return true;
        }

        @Override
        public boolean isRectifier() {
          return true;
        }

        @Override
        public Expr gradient(Locals locals, Expr y, Expr dy) {
          return new Select(Select.Comparison.LESS_OR_EQUAL, y, ZERO, ZERO, dy);
        }
      };
    }

    /** {@code 1 / (1 + exp(-x))}; {@code dy * ((1 - y) * y)}. */
    @Override
    public ActivationFormula visitSigmoid(Sigmoid function) {
      return new ActivationFormula() {
        @Override
        public Expr value(Locals locals, Expr x) {
          Expr power = exp(new Unary(Unary.Op.NEGATE, x));
          return divide(ONE, add(ONE, power));
        }

        @Override
        public Expr gradient(Locals locals, Expr y, Expr dy) {
          return multiply(dy, multiply(subtract(ONE, y), y));
        }
      };
    }

    /** {@code tanh(x)}; {@code dy * (1 - y * y)}. */
    @Override
    public ActivationFormula visitTanh(Tanh function) {
      return new ActivationFormula() {
        @Override
        public Expr value(Locals locals, Expr x) {
          return new IntrinsicCall(IntrinsicCall.Intrinsic.TANH, x);
        }

        @Override
        public Expr gradient(Locals locals, Expr y, Expr dy) {
          return multiply(dy, subtract(ONE, multiply(y, y)));
        }
      };
    }

    /** {@code x > 0 ? x : slope * x}; {@code x > 0 ? dy : slope * dy}. */
    @Override
    public ActivationFormula visitLeakyRelu(LeakyRelu function) {
      Expr slope = new Const(function.slope());
      return new ActivationFormula() {
        @Override
        public Expr value(Locals locals, Expr x) {
          Expr below = multiply(x, like(x, slope));
          return new Select(Select.Comparison.LESS, like(x, ZERO), x, x, below);
        }

        @Override
        public boolean isArithmetic() {
          return true;
        }

        @Override
        public Expr gradient(Locals locals, Expr x, Expr dy) {
          return new Select(Select.Comparison.LESS, ZERO, x, dy, multiply(dy, slope));
        }
      };
    }

    /**
     * With e = exp(x) and n = e * (e + 2): tanh(log(1 + e)) = n / (n + 2) =: t, so {@code x * t};
     * {@code dy * (t + x * (1 - t * t) * e / (1 + e))}. From 20 on t is 1 in single precision, and
     * n would overflow later on.
     */
    @Override
    public ActivationFormula visitMish(Mish function) {
      return new ActivationFormula() {
        @Override
        public Expr value(Locals locals, Expr x) {
          return whereSmall(x, multiply(x, tanhOfSoftplus(locals, x)), x);
        }

        @Override
        public Expr gradient(Locals locals, Expr x, Expr dy) {
          Expr t = locals.let("t", tanhOfSoftplus(locals, x));
          Expr e = new Var("e", ValueType.SCALAR);
          Expr slope = multiply(subtract(ONE, multiply(t, t)), divide(e, add(ONE, e)));
          return whereSmall(x, multiply(dy, add(t, multiply(x, slope))), dy);
        }

        private Expr tanhOfSoftplus(Locals locals, Expr x) {
          Expr two = new Const(2f);
          Expr e = locals.let("e", exp(x));
          Expr n = locals.let("n", multiply(e, add(e, two)));
          return divide(n, add(n, two));
        }

        private Expr whereSmall(Expr x, Expr small, Expr large) {
          return new Select(Select.Comparison.LESS, x, new Const(20f), small, large);
        }
      };
    }

    private static Expr exp(Expr x) {
      return new IntrinsicCall(IntrinsicCall.Intrinsic.EXP, x);
    }
  }
}
