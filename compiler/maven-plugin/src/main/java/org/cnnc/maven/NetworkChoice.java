package org.cnnc.maven;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.grammar.source.SourceFile;

/** Finds the network that a goal works on, and reads it. */
final class NetworkChoice {
  private NetworkChoice() {}

  /**
   * The network that the parameter {@code network} names, or the only one there is.
   *
   * @param named absent when the parameter is not set
   * @throws MojoFailureException if it is not clear which one is meant
   */
  static NetworkFile of(NetworkFolder folder, Optional<File> named)
      throws IOException, MojoFailureException {
    if (named.isPresent()) {
      return folder.network(named.get().toPath());
    }
    List<NetworkFile> networks = folder.networks();
    if (networks.size() != 1) {
      throw new MojoFailureException(
          "parameter network: expected the file of one network, as "
              + folder.folder()
              + " has "
              + networks.size());
    }
    return networks.get(0);
  }

  /**
   * Reads and checks a network.
   *
   * @throws MojoFailureException if it has errors; they are in the log
   */
  static NetworkGraph read(NetworkFile file, Log log) throws SourceException, MojoFailureException {
    DiagnosticLog diagnostics = new DiagnosticLog();
    Optional<NetworkGraph> network = Compiler.check(SourceFile.read(file.path()), diagnostics);
    int errors = new DiagnosticLogger(log).log(diagnostics.sorted());
    return network.orElseThrow(() -> DiagnosticLogger.failure(errors));
  }
}
