package org.cnnc.compiler.graph;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.check.GraphBuilder;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.TextRenderer;
import org.cnnc.grammar.parse.Parser;
import org.cnnc.grammar.source.SourceFile;

/** Makes graphs of texts, for tests. */
public final class Models {
  private Models() {}

  /** What became of a text. */
  public record Checked(Optional<NetworkGraph> graph, List<Diagnostic> diagnostics) {
    /** Exactly what a user sees. */
    public String rendered() {
      return new TextRenderer(false).render(diagnostics);
    }

    public List<DiagnosticCode> codes() {
      return diagnostics.stream().map(Diagnostic::code).toList();
    }
  }

  public static Checked check(String name, String text) {
    SourceFile source = new SourceFile(name, text);
    DiagnosticLog log = new DiagnosticLog();
    Optional<NetworkGraph> graph =
        Parser.parse(source, log).flatMap(tree -> GraphBuilder.build(tree, source, log));
    return new Checked(graph, log.sorted());
  }

  /** The graph of a text without mistakes. */
  public static NetworkGraph graph(String text) {
    Checked checked = check("model.net", text);
    return checked.graph().orElseThrow(() -> new AssertionError(checked.rendered()));
  }

  /** A network that applies {@code layers} to an image of the given shape. */
  public static String network(String shape, String layers) {
    return """
        network Demo {
            input image%s;
            features = image%s;
            output label = features -> flatten -> fc(2) -> softmax;
            loss cross_entropy(label);
        }
        """
        .formatted(shape, layers);
  }
}
