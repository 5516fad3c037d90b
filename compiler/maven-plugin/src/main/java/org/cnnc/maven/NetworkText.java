package org.cnnc.maven;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.grammar.source.SourceFile;

/**
 * A network that was read.
 *
 * @param diagnostics errors and warnings
 * @param network absent when there are errors
 */
record NetworkText(
    NetworkFile file,
    SourceFile source,
    List<Diagnostic> diagnostics,
    Optional<NetworkGraph> network) {
  static NetworkText read(NetworkFile file) throws SourceException {
    SourceFile source = SourceFile.read(file.path());
    DiagnosticLog diagnostics = new DiagnosticLog();
    Optional<NetworkGraph> network = Compiler.check(source, diagnostics);
    return new NetworkText(file, source, diagnostics.sorted(), network);
  }
}
