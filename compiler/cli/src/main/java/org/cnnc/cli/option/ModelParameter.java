package org.cnnc.cli.option;

import java.nio.file.Path;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.model.Model;
import org.cnnc.grammar.source.SourceException;
import picocli.CommandLine.Parameters;

/** The model that a command works on: its first parameter. */
public final class ModelParameter {
  @Parameters(index = "0", paramLabel = "model.net", description = "The network's text.")
  private Path file;

  /** Reads and checks the model. */
  public Model read(Console console) throws SourceException, ModelException {
    return Model.read(file, console);
  }
}
