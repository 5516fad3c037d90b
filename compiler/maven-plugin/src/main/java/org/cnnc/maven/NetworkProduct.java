package org.cnnc.maven;

import java.io.IOException;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.grammar.diagnostic.Diagnostic;

/** What a goal makes of one network. */
interface NetworkProduct {
  /** Adds what the files depend on beside the network's text and place, and the compiler. */
  void addTo(Fingerprint inputs) throws IOException;

  /** Makes the files; only called for a network without errors. */
  Made make() throws IOException, MojoFailureException;

  /**
   * What was made.
   *
   * @param errors why nothing was made; none when all is well
   * @param facts that people want to know, in lines
   */
  record Made(List<Diagnostic> errors, List<GeneratedFile> files, List<String> facts) {
    public Made {
      errors = List.copyOf(errors);
      files = List.copyOf(files);
      facts = List.copyOf(facts);
    }

    /** Nothing, for these reasons. */
    static Made none(List<Diagnostic> errors) {
      return new Made(errors, List.of(), List.of());
    }
  }

  /** A goal's way to look at networks. */
  interface Maker {
    /** What it makes of a network. */
    NetworkProduct of(NetworkText text) throws IOException, MojoFailureException;

    /** For messages: {@code Compiled}. */
    String done();

    /** For messages: {@code Nothing to compile - all networks are up to date}. */
    String nothingToDo();
  }
}
