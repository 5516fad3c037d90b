package org.cnnc.compiler.graph.check;

import java.util.Set;
import javax.lang.model.SourceVersion;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.syntax.Name;

/** Checks that the network's name can be the name of its class. */
final class NetworkName {
  /** Words that Java allows as names, but not of classes. */
  private static final Set<String> RESTRICTED =
      Set.of("var", "yield", "record", "sealed", "permits");

  /** A class cannot contain one of its own name, and every network has its labels. */
  private static final String LABELS = "Label";

  private NetworkName() {}

  static void check(Name name, DiagnosticLog log) {
    String text = name.text();
    if (!SourceVersion.isIdentifier(text)
        || SourceVersion.isKeyword(text)
        || RESTRICTED.contains(text)) {
      log.report(
          Diagnostic.of(DiagnosticCode.NETWORK_NAME, name.span(), text)
              .labelled("a word of the Java language"));
    } else if (text.equals(LABELS)) {
      log.report(
          Diagnostic.of(DiagnosticCode.NETWORK_NAME, name.span(), text)
              .labelled("the enum of labels inside the class has this name"));
    }
  }
}
