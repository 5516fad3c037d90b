package org.cnnc.compiler.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.graph.GraphVerifier;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.JsonRenderer;
import org.cnnc.grammar.diagnostic.PlainRenderer;
import org.cnnc.grammar.diagnostic.TextRenderer;
import org.cnnc.grammar.format.Formatter;
import org.cnnc.grammar.source.SourceFile;

/** Everything that reads a text before it is compiled, and what must hold for each text. */
public final class FrontEnd {
  private FrontEnd() {}

  /**
   * Checks a text and shows what was found.
   *
   * @return the network, if the text is right
   */
  public static Optional<NetworkGraph> check(String text) {
    DiagnosticLog log = new DiagnosticLog();
    Optional<NetworkGraph> network = Compiler.check(new SourceFile("model.net", text), log);
    List<Diagnostic> diagnostics = log.sorted();
    if (network.isPresent() == log.hasErrors()) {
      throw new AssertionError("a network with errors, or none without: " + diagnostics);
    }
    assertThat(new TextRenderer(true).render(diagnostics).isEmpty())
        .isEqualTo(diagnostics.isEmpty());
    return network;
  }

  /** Checks a text, shows what was found in the other ways, and formats the text. */
  public static Optional<NetworkGraph> read(String text) {
    Optional<NetworkGraph> network = check(text);
    network.ifPresent(GraphVerifier::verify);
    SourceFile source = new SourceFile("model.net", text);
    DiagnosticLog log = new DiagnosticLog();
    Compiler.check(source, log);
    List<Diagnostic> diagnostics = log.sorted();
    assertThat(new PlainRenderer().render(diagnostics).isEmpty()).isEqualTo(diagnostics.isEmpty());
    assertThat(new JsonRenderer().render(diagnostics)).startsWith("[").endsWith("]\n");
    Formatter.format(source, new DiagnosticLog()).ifPresent(FrontEnd::expectSettled);
    return network;
  }

  private static void expectSettled(String formatted) {
    Optional<String> again =
        Formatter.format(new SourceFile("model.net", formatted), new DiagnosticLog());
    if (!again.equals(Optional.of(formatted))) {
      throw new AssertionError("formatted\n" + formatted + "\nand again\n" + again);
    }
  }
}
