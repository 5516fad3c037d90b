package org.cnnc.cli.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.UserException;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Value;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.DidYouMean;
import org.cnnc.grammar.diagnostic.TextRenderer;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.grammar.source.SourceFile;

/**
 * A model that was read and checked.
 *
 * @param file where its text is
 * @param warnings what looks wrong in the text
 */
public record Model(Path file, NetworkGraph network, List<Diagnostic> warnings) {
  private static final String ENDING = ".net";

  /**
   * Reads and checks a model; warnings go to the console.
   *
   * @throws SourceException if the file cannot be read
   * @throws ModelException if the text has errors
   */
  public static Model read(Path file, Console console) throws SourceException, ModelException {
    Model model = read(file);
    warn(model.warnings, console);
    return model;
  }

  /** Shows warnings, among the messages, never among the results. */
  public static void warn(List<Diagnostic> warnings, Console console) {
    console.progress(new TextRenderer(console.isTerminal()).render(warnings));
  }

  /**
   * Reads and checks a model; its warnings are left to the caller.
   *
   * @throws SourceException if the file cannot be read
   * @throws ModelException if the text has errors
   */
  public static Model read(Path file) throws SourceException, ModelException {
    DiagnosticLog log = new DiagnosticLog();
    Optional<NetworkGraph> network = Compiler.check(SourceFile.read(file), log);
    List<Diagnostic> diagnostics = log.sorted();
    if (network.isEmpty() || log.hasErrors()) {
      throw new ModelException(diagnostics);
    }
    return new Model(file, network.get(), diagnostics);
  }

  /**
   * Compiles the model.
   *
   * @throws ModelException if it is too large for a class
   */
  public CompilationResult compile(CompilerOptions options) throws ModelException {
    CompilationResult result = Compiler.compile(network, options);
    if (result.hasErrors()) {
      throw new ModelException(result.diagnostics());
    }
    return result;
  }

  /** Compiles programs into memory. */
  public InMemoryPrograms programs(CompilerOptions options, ProgramKind... kinds)
      throws ModelException {
    return new InMemoryPrograms(compile(options.withPrograms(kinds)).programs());
  }

  /**
   * Checks that the model says what training needs.
   *
   * @throws UserException if it has no loss
   */
  public void expectLoss() throws UserException {
    if (network.loss().isEmpty()) {
      throw new UserException(
          file + ": expected a loss to train by: loss cross_entropy(...), there is none");
    }
  }

  /**
   * A value of the network.
   *
   * @param name its name in the text, or its layer's
   * @throws UserException if there is none
   */
  public Value value(String name) throws UserException {
    return network.value(name).orElseThrow(() -> unknownValue(name));
  }

  private UserException unknownValue(String name) {
    Set<String> known = network.names().keySet();
    Optional<String> near = DidYouMean.closest(name, known);
    return new UserException(
        file
            + ": no value \""
            + name
            + "\""
            + near.map(other -> "; did you mean \"" + other + "\"?")
                .orElse("; there are " + known));
  }

  /** The file's name without its ending: {@code lenet28}. */
  public String title() {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
  }
}
