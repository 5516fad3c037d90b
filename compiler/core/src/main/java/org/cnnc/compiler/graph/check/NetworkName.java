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

  /**
   * What generated classes use by its simple name: types inside them, of Java and of the runtime.
   */
  private static final Set<String> USED =
      Set.of(
          "Answer",
          "ArrayList",
          "Arrays",
          "BufferedImage",
          "Classification",
          "Collectors",
          "ColorSpace",
          "FileNotFoundException",
          "FloatVector",
          "Guess",
          "IOException",
          "IllegalArgumentException",
          "InputStream",
          "Label",
          "Lesson",
          "List",
          "Math",
          "Numerics",
          "Object",
          "Override",
          "Path",
          "Picture",
          "PredictionSession",
          "Program",
          "Raster",
          "Safetensors",
          "Scratch",
          "String",
          "Supplier",
          "Teacher",
          "TrainerSettings",
          "TrainingException",
          "UncheckedIOException",
          "VectorOperators",
          "VectorSpecies",
          "VectorSupport",
          "Vectors",
          "WeightsException");

  private NetworkName() {}

  static void check(Name name, DiagnosticLog log) {
    String text = name.text();
    if (!SourceVersion.isIdentifier(text)
        || SourceVersion.isKeyword(text)
        || RESTRICTED.contains(text)) {
      log.report(
          Diagnostic.of(DiagnosticCode.NETWORK_NAME, name.span(), text)
              .labelled("a word of the Java language"));
    } else if (USED.contains(text)) {
      log.report(
          Diagnostic.of(DiagnosticCode.NETWORK_NAME, name.span(), text)
              .labelled("generated classes use another class of this name"));
    }
  }
}
