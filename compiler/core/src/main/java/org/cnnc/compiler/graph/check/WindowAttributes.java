package org.cnnc.compiler.graph.check;

import java.util.Optional;
import org.cnnc.compiler.graph.shape.Padding;
import org.cnnc.compiler.graph.shape.Size;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;

/**
 * The attributes that convolutions and pooling layers share, and the window they make.
 *
 * @param halfPadding whether the padding is at most half of the kernel
 */
record WindowAttributes(
    Attribute<Size> kernel,
    Attribute<Size> stride,
    Attribute<PaddingRule> padding,
    boolean halfPadding) {
  private static final int LARGEST_SIDE = 1024;
  private static final AttributeType<Size> SIZE = new AttributeTypes.SizeType(LARGEST_SIDE);
  private static final AttributeType<PaddingRule> PADDING =
      new AttributeTypes.PaddingType(LARGEST_SIDE);

  static WindowAttributes ofConvolution() {
    return new WindowAttributes(
        Attribute.required("kernel", SIZE),
        Attribute.optional("stride", SIZE, "1", new Size(1, 1)),
        Attribute.optional("padding", PADDING, "valid", PaddingRule.VALID),
        false);
  }

  static WindowAttributes ofPooling() {
    Attribute<Size> kernel = Attribute.required("kernel", SIZE).byPosition();
    return new WindowAttributes(
        kernel,
        Attribute.derived("stride", SIZE, "kernel", arguments -> arguments.get(kernel)),
        Attribute.optional("padding", PADDING, "0", PaddingRule.of(0, 0, 0, 0)),
        true);
  }

  /** The window for this input; empty, and reported, if it does not fit. */
  Optional<Window> resolve(LayerContext context) {
    Size size = context.get(kernel);
    Size step = context.get(stride);
    Window window =
        new Window(size, step, context.get(padding).resolve(context.inputShape(), size, step));
    if (halfPadding && isMoreThanHalf(window)) {
      reportPadding(context, window);
      return Optional.empty();
    }
    if (!window.fits(context.inputShape())) {
      reportKernel(context, window);
      return Optional.empty();
    }
    return Optional.of(window);
  }

  private static boolean isMoreThanHalf(Window window) {
    Padding around = window.padding();
    return 2 * Math.max(around.top(), around.bottom()) > window.kernel().rows()
        || 2 * Math.max(around.left(), around.right()) > window.kernel().columns();
  }

  private void reportPadding(LayerContext context, Window window) {
    Size size = window.kernel();
    log(
        context,
        Diagnostic.of(
                DiagnosticCode.PADDING_TOO_LARGE,
                context.span(padding),
                inBrackets(window.padding()),
                size)
            .labelled("some windows would see nothing but padding")
            .withHelp(
                "at most " + oneOrTwo(size.rows() / 2, size.columns() / 2) + " for this kernel"));
  }

  private void reportKernel(LayerContext context, Window window) {
    TensorShape input = context.inputShape();
    Size size = window.kernel();
    Padding around = window.padding();
    Size padded =
        new Size(
            input.height() + around.top() + around.bottom(),
            input.width() + around.left() + around.right());
    String what = around.isNone() ? "input" : "padded input";
    String article = around.isNone() ? "an " : "a ";
    String largest =
        oneOrTwo(Math.min(size.rows(), padded.rows()), Math.min(size.columns(), padded.columns()));
    log(
        context,
        context
            .input()
            .explainShape(
                Diagnostic.of(
                        DiagnosticCode.KERNEL_TOO_LARGE, context.span(kernel), size, what, padded)
                    .labelled("needs " + article + what + " of at least " + size))
            .withNote("its output would have " + ShapeArithmetic.of(window, input))
            .withHelp("use `padding = same`, or a kernel of at most " + largest));
  }

  private static void log(LayerContext context, Diagnostic diagnostic) {
    context.log().report(diagnostic);
  }

  private static String oneOrTwo(int rows, int columns) {
    return rows == columns ? String.valueOf(rows) : "[" + rows + ", " + columns + "]";
  }

  private static String inBrackets(Padding padding) {
    boolean even =
        padding.top() == padding.bottom()
            && padding.left() == padding.right()
            && padding.top() == padding.left();
    return even ? String.valueOf(padding.top()) : "[" + padding + "]";
  }
}
