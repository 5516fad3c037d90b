package org.cnnc.compiler.graph.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.cnnc.compiler.graph.op.Activation;
import org.cnnc.compiler.graph.op.GradientRule;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.shape.Padding;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;

/** Warns of what is allowed in a network without errors, but is more often than not a slip. */
final class NetworkWarnings {
  private final DiagnosticLog log;
  private final List<NetworkDraft.Layer> layers;
  private final Map<Integer, NetworkDraft.Layer> producers = new HashMap<>();

  NetworkWarnings(NetworkDraft network, DiagnosticLog log) {
    this.log = log;
    this.layers = network.layers();
    layers.forEach(layer -> producers.put(layer.output().id(), layer));
  }

  void report() {
    for (NetworkDraft.Layer layer : layers) {
      if (learns(layer)) {
        warnOfLinearBefore(layer);
      }
      if (layer.operator() instanceof Operator.Softmax) {
        warnOfActivationBefore(layer);
      }
      layer.operator().movingWindow().ifPresent(window -> warnOfRowsLeftOut(layer, window));
    }
  }

  /** The layer before this one, apart from those that {@code passed} lets through. */
  private Optional<NetworkDraft.Layer> before(
      NetworkDraft.Layer layer, Predicate<NetworkDraft.Layer> passed) {
    NetworkDraft.Layer found = producers.get(layer.input().id());
    while (found != null && passed.test(found)) {
      found = producers.get(found.input().id());
    }
    return Optional.ofNullable(found);
  }

  // ---- linear layers

  /** What learns in this language, convolutions and the fully connected, is linear. */
  private static boolean learns(NetworkDraft.Layer layer) {
    return layer.operator().parameterCount(layer.input().shape()) > 0;
  }

  /** Without anything to learn, but linear all the same. */
  private static boolean passesOn(NetworkDraft.Layer layer) {
    return !learns(layer) && layer.operator().gradientRule().equals(GradientRule.LINEAR);
  }

  /** Only another shape for the same numbers. */
  private static boolean reshapes(NetworkDraft.Layer layer) {
    return passesOn(layer) && layer.input().shape().elements() == layer.output().shape().elements();
  }

  private void warnOfLinearBefore(NetworkDraft.Layer layer) {
    before(layer, NetworkWarnings::passesOn)
        .filter(NetworkWarnings::learns)
        .filter(first -> !isBottleneck(first, layer))
        .ifPresent(first -> reportLinear(first, layer));
  }

  /** A narrow layer between wide ones saves parameters: two factors of one large matrix. */
  private static boolean isBottleneck(NetworkDraft.Layer first, NetworkDraft.Layer second) {
    int narrow = first.output().shape().channels();
    return first.operator().kind().equals(second.operator().kind())
        && narrow < first.input().shape().channels()
        && narrow < second.output().shape().channels();
  }

  private void reportLinear(NetworkDraft.Layer first, NetworkDraft.Layer second) {
    log.report(
        Diagnostic.of(
                DiagnosticCode.LINEAR_AFTER_LINEAR,
                second.output().producer(),
                second.name(),
                first.name())
            .labelled("both together can do no more than one such layer")
            .withSecondary(first.output().producer(), "linear, too")
            .withHelp("put an activation between them: `-> relu`"));
  }

  // ---- softmax

  private void warnOfActivationBefore(NetworkDraft.Layer softmax) {
    before(softmax, NetworkWarnings::reshapes)
        .filter(
            layer ->
                layer.operator() instanceof Activation
                    || layer.operator() instanceof Operator.Softmax)
        .ifPresent(layer -> reportActivation(layer, softmax));
  }

  private void reportActivation(NetworkDraft.Layer activation, NetworkDraft.Layer softmax) {
    log.report(
        Diagnostic.of(
                DiagnosticCode.ACTIVATION_BEFORE_SOFTMAX,
                activation.output().producer(),
                activation.operator().kind())
            .labelled("narrows the scores that `softmax` can tell apart")
            .withSecondary(softmax.output().producer(), "takes any number as a score")
            .withHelp("remove it"));
  }

  // ---- windows

  private void warnOfRowsLeftOut(NetworkDraft.Layer layer, Window window) {
    TensorShape input = layer.input().shape();
    Padding around = window.padding();
    Side rows =
        new Side(
            input.height(),
            around.top(),
            around.bottom(),
            window.kernel().rows(),
            window.stride().rows());
    Side columns =
        new Side(
            input.width(),
            around.left(),
            around.right(),
            window.kernel().columns(),
            window.stride().columns());
    List<String> leftOut = new ArrayList<>();
    rows.describeLeftOut("row").ifPresent(leftOut::add);
    columns.describeLeftOut("column").ifPresent(leftOut::add);
    if (leftOut.isEmpty()) {
      return;
    }
    String seen = (rows.size - rows.leftOut()) + "x" + (columns.size - columns.leftOut());
    log.report(
        layer
            .input()
            .explainShape(
                Diagnostic.of(
                        DiagnosticCode.WINDOW_LEAVES_OUT,
                        layer.output().producer(),
                        layer.operator().kind(),
                        String.join(" and ", leftOut))
                    .labelled("sees " + seen + " of " + input.height() + "x" + input.width()))
            .withNote("`" + layer.name() + "` gives " + ShapeArithmetic.of(window, input))
            .withHelp(help(layer, rows, columns)));
  }

  private static String help(NetworkDraft.Layer layer, Side rows, Side columns) {
    boolean allowed = learns(layer) || (rows.isHalfAtMost() && columns.isHalfAtMost());
    String padding =
        "`padding = [%d, %d, %d, %d]`"
            .formatted(rows.before, rows.enough(), columns.before, columns.enough());
    return allowed ? "add " + padding + " to see them" : "use another kernel, stride or input size";
  }

  /** A window's way over its rows, or over its columns. */
  private record Side(int size, int before, int behind, int kernel, int stride) {
    /** What lies behind the last window, padding included. */
    private int rest() {
      return (before + size + behind - kernel) % stride;
    }

    /**
     * Rows of the input that no window sees, though windows of this stride would: gaps between the
     * windows, as of a 1x1 kernel with stride 2, are meant.
     */
    int leftOut() {
      int gap = Math.max(0, stride - kernel);
      return Math.max(0, rest() - behind - gap);
    }

    /** The padding behind the input with which the last row is seen. */
    int enough() {
      return leftOut() == 0 ? behind : behind + stride - rest();
    }

    boolean isHalfAtMost() {
      return 2 * enough() <= kernel;
    }

    Optional<String> describeLeftOut(String noun) {
      int rows = leftOut();
      return rows == 0
          ? Optional.empty()
          : Optional.of(rows == 1 ? noun : Wording.count(rows, noun));
    }
  }
}
