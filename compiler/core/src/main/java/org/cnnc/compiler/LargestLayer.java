package org.cnnc.compiler;

import java.util.Comparator;
import java.util.Locale;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;

/** Points at the layer that makes a network too large for Java's arrays. */
final class LargestLayer {
  private LargestLayer() {}

  /** The diagnostic at the layer that takes, gives, learns and works with most numbers. */
  static Diagnostic report(NetworkGraph network) {
    Node largest =
        network.nodes().stream()
            .max(Comparator.comparingLong(LargestLayer::numbers))
            .orElseThrow(() -> new IllegalArgumentException("a network without layers"));
    return Diagnostic.of(DiagnosticCode.NETWORK_TOO_LARGE, largest.span())
        .labelled(
            String.format(
                Locale.ROOT,
                "takes %,d numbers, gives %,d, has %,d parameters",
                largest.input().shape().elements(),
                largest.output().shape().elements(),
                largest.operator().parameterCount(largest.input().shape())))
        .withNote(
            "for a batch of "
                + network.training().batch()
                + "; an array of Java has at most 2,147,483,647 elements")
        .withHelp("use smaller images, fewer channels or a smaller batch");
  }

  private static long numbers(Node node) {
    TensorShape input = node.input().shape();
    return (long) input.elements()
        + node.output().shape().elements()
        + node.operator().parameterCount(input)
        + node.operator().workingMemory(input);
  }
}
