package org.cnnc.cli.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.UserException;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.NetworkSummary;
import org.cnnc.compiler.graph.Value;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.DidYouMean;
import org.cnnc.grammar.diagnostic.TextRenderer;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.VectorSupport;
import org.cnnc.runtime.WeightsException;

/**
 * A model that was read and checked.
 *
 * @param file where its text is
 * @param warnings what looks wrong in the text
 */
public record Model(Path file, NetworkGraph network, List<Diagnostic> warnings) {
  private static final String ENDING = ".net";

  /**
   * Multiply-adds from which on vectors pay: what a machine with two cores and plain code computes
   * in some ten seconds. Compiling and warming up the vector form costs about three.
   */
  private static final double LONG_WORK = 2e11;

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

  /** The same with one more warning, if there is one. */
  public Model withWarning(Optional<Diagnostic> warning) {
    List<Diagnostic> all = new ArrayList<>(warnings);
    warning.ifPresent(all::add);
    return new Model(file, network, all);
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

  /** Compiles programs into memory, for the Java that runs. */
  public InMemoryPrograms programs(CompilerOptions options, ProgramKind... kinds)
      throws ModelException {
    int feature = Runtime.version().feature();
    return new InMemoryPrograms(compile(options.withPrograms(kinds).forJava(feature)));
  }

  /**
   * A session that answers for so many images; it goes over to vectors where that pays and this
   * Java has the Vector API.
   *
   * @param plain a new program that predicts
   * @param options what it was compiled with
   * @throws WeightsException if the weights are another model's
   */
  public PredictionSession session(
      Program plain, CompilerOptions options, Safetensors weights, int images)
      throws WeightsException {
    double work = (double) images * NetworkSummary.of(network).multiplyAdds();
    boolean vectors = VectorSupport.isWanted() && (work >= LONG_WORK || VectorSupport.isDemanded());
    return vectors
        ? PredictionSession.load(plain, vectorProgram(options, ProgramKind.PREDICTION), weights)
        : PredictionSession.load(plain, weights);
  }

  /** Makes a program of the vector target, which is compiled when it is asked for. */
  public Supplier<Program> vectorProgram(CompilerOptions options, ProgramKind kind) {
    return program(options.withTargets(Target.VECTOR), kind);
  }

  /** Makes a program that predicts and keeps the values of all layers. */
  public Supplier<Program> inspectedProgram() {
    return program(
        CompilerOptions.DEFAULT.withKeptValues(network.layerValues()), ProgramKind.PREDICTION);
  }

  private Supplier<Program> program(CompilerOptions options, ProgramKind kind) {
    return () -> {
      try {
        return programs(options, kind).create(kind);
      } catch (ModelException e) {
        throw new IllegalStateException("too large for a class in another form", e);
      }
    };
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
