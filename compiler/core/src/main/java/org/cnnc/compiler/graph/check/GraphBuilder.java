package org.cnnc.compiler.graph.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.TrainingSpec;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.Severity;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.source.Span;
import org.cnnc.grammar.syntax.Binding;
import org.cnnc.grammar.syntax.InputStatement;
import org.cnnc.grammar.syntax.LossStatement;
import org.cnnc.grammar.syntax.Name;
import org.cnnc.grammar.syntax.NetworkDeclaration;
import org.cnnc.grammar.syntax.OutputStatement;
import org.cnnc.grammar.syntax.Statement;
import org.cnnc.grammar.syntax.TrainStatement;

/**
 * Checks a network, statement by statement, and makes its graph.
 *
 * <p>Whatever is wrong is reported and from then on unknown; the rest of the text is checked all
 * the same, and an unknown thing is never the cause of a second report. After a syntax error the
 * text may mean something else than what was read of it: only what is before it is checked, without
 * the last statement, which may have been cut in two.
 */
public final class GraphBuilder implements Statement.Visitor<Void> {
  private final NetworkDeclaration declaration;
  private final DiagnosticLog log;
  private final Scope scope;
  private final NetworkDraft network = new NetworkDraft();
  private final Evaluator evaluator;
  private final ArgumentBinder binder;
  private final boolean hasOutput;

  private Optional<InputStatement> inputStatement = Optional.empty();
  private Optional<LossStatement> lossStatement = Optional.empty();
  private Optional<TrainStatement> trainStatement = Optional.empty();

  private Optional<InputCheck.Checked> input = Optional.empty();
  private final List<OutputCheck.Checked> outputs = new ArrayList<>();
  private Optional<LossCheck.Checked> loss = Optional.empty();
  private TrainingSpec training = TrainingSpec.DEFAULT;
  private List<Diagnostic> trainingWarnings = List.of();

  private GraphBuilder(NetworkDeclaration declaration, DiagnosticLog log) {
    this.declaration = declaration;
    this.log = log;
    Map<String, Span> names = DefinedNames.of(declaration);
    // Without an input, which is an error of its own, nothing is known of unknown names.
    boolean hasInput = contains(InputStatement.class);
    this.scope = new Scope(names, name -> !hasInput || declaration.lostNames().contains(name), log);
    this.evaluator = new Evaluator(scope, network, log);
    this.binder = new ArgumentBinder(evaluator, log);
    this.hasOutput = contains(OutputStatement.class);
  }

  /**
   * The graph of a network; empty if the log holds errors, new or old.
   *
   * @param source the text, which the graph keeps for line numbers
   */
  public static Optional<NetworkGraph> build(
      NetworkDeclaration declaration, SourceFile source, DiagnosticLog log) {
    return new GraphBuilder(declaration, log).build(source);
  }

  private Optional<NetworkGraph> build(SourceFile source) {
    OptionalInt mistake = firstMistake();
    NetworkName.check(declaration.name(), log);
    trusted(mistake).forEach(statement -> statement.accept(this));
    if (declaration.complete() && mistake.isEmpty()) {
      checkNothingMissing();
    }
    GraphAssembly assembly = new GraphAssembly(network, scope, log);
    assembly.checkLayerNames();
    if (log.hasErrors()) {
      return Optional.empty();
    }
    assembly.warnOfUnused();
    new NetworkWarnings(network, log).report();
    trainingWarnings.forEach(log::report);
    return Optional.of(
        assembly.assemble(
            declaration.name().text(),
            input.orElseThrow(),
            outputs,
            loss.orElseThrow(),
            training,
            source));
  }

  private List<Statement> trusted(OptionalInt mistake) {
    List<Statement> statements = declaration.statements();
    if (mistake.isEmpty()) {
      return statements;
    }
    long before =
        statements.stream().filter(each -> each.span().end() <= mistake.getAsInt()).count();
    return statements.subList(0, Math.max(0, (int) before - 1));
  }

  /** Where the first error begins that was reported of the text before this. */
  private OptionalInt firstMistake() {
    return log.sorted().stream()
        .filter(found -> found.code().severity() == Severity.ERROR)
        .mapToInt(found -> found.primary().span().start())
        .min();
  }

  @Override
  public Void visitInput(InputStatement statement) {
    Optional<InputCheck.Checked> checked = new InputCheck(binder, log).check(statement);
    Name name = statement.name();
    if (inputStatement.isPresent()) {
      reportRepeated("input", name.span(), inputStatement.get().name().span());
      scope.define(name, new Meaning.Unknown(name.span()), Scope.Kind.INPUT);
      return null;
    }
    inputStatement = Optional.of(statement);
    input = checked;
    Meaning meaning =
        checked
            .map(found -> network.addInput(name.text(), found.shape(), name.span()))
            .<Meaning>map(value -> new Meaning.OfValue(value, name.span()))
            .orElseGet(() -> new Meaning.Unknown(name.span()));
    scope.define(name, meaning, Scope.Kind.INPUT);
    return null;
  }

  @Override
  public Void visitBinding(Binding binding) {
    Meaning meaning = evaluator.evaluate(binding.value());
    List<Name> targets = binding.targets();
    if (targets.size() == 1) {
      scope.define(targets.get(0), bindable(meaning), Scope.Kind.BINDING);
      return null;
    }
    if (meaning instanceof Meaning.OfList list && list.elements().size() == targets.size()) {
      for (int i = 0; i < targets.size(); i++) {
        scope.define(targets.get(i), bindable(list.elements().get(i)), Scope.Kind.BINDING);
      }
      return null;
    }
    reportBindingCount(binding, meaning);
    targets.forEach(
        name -> scope.define(name, new Meaning.Unknown(name.span()), Scope.Kind.BINDING));
    return null;
  }

  @Override
  public Void visitOutput(OutputStatement statement) {
    Optional<OutputCheck.Checked> checked = new OutputCheck(evaluator, log).check(statement);
    Name name = statement.name();
    checked.ifPresent(outputs::add);
    Meaning meaning =
        checked
            .<Meaning>map(found -> new Meaning.OfValue(found.value(), name.span()))
            .orElseGet(() -> new Meaning.Unknown(name.span()));
    scope.define(name, meaning, Scope.Kind.OUTPUT);
    return null;
  }

  @Override
  public Void visitLoss(LossStatement statement) {
    if (lossStatement.isPresent()) {
      reportRepeated(
          "loss", statement.call().function().span(), lossStatement.get().call().function().span());
      return null;
    }
    lossStatement = Optional.of(statement);
    // Without any output the loss cannot name one; the missing output is the error.
    if (hasOutput) {
      loss = new LossCheck(network, binder, log).check(statement);
    }
    return null;
  }

  @Override
  public Void visitTrain(TrainStatement statement) {
    TrainingCheck check = new TrainingCheck(binder, log);
    Optional<TrainingSpec> checked = check.check(statement);
    if (trainStatement.isPresent()) {
      reportRepeated("train", keyword(statement), keyword(trainStatement.get()));
      return null;
    }
    trainStatement = Optional.of(statement);
    training = checked.orElse(training);
    trainingWarnings = check.warnings();
    return null;
  }

  private boolean contains(Class<? extends Statement> kind) {
    return declaration.statements().stream().anyMatch(kind::isInstance);
  }

  private void checkNothingMissing() {
    if (inputStatement.isEmpty()) {
      reportMissing(DiagnosticCode.MISSING_INPUT, "input image[3, 32, 32];");
    }
    if (!hasOutput) {
      reportMissing(DiagnosticCode.MISSING_OUTPUT, "output label = scores -> softmax;");
    }
    if (lossStatement.isEmpty()) {
      reportMissing(DiagnosticCode.MISSING_LOSS, "loss cross_entropy(label);");
    }
  }

  private void reportMissing(DiagnosticCode code, String example) {
    Name name = declaration.name();
    log.report(
        Diagnostic.of(code, name.span(), name.text())
            .withHelp("add a line like `" + example + "`"));
  }

  private void reportRepeated(String statement, Span again, Span first) {
    log.report(
        Diagnostic.of(DiagnosticCode.REPEATED_STATEMENT, again, statement)
            .labelled("a second one")
            .withSecondary(first, "the first one")
            .withHelp("remove one of them"));
  }

  /** Only values and numbers have names. */
  private Meaning bindable(Meaning meaning) {
    if (meaning instanceof Meaning.OfValue
        || meaning instanceof Meaning.OfNumber
        || meaning instanceof Meaning.Unknown) {
      return meaning;
    }
    if (meaning instanceof Meaning.OfCall) {
      // Says what to do: pipe a value into it.
      Evaluator.value(meaning, log);
    } else {
      log.report(Diagnostic.of(DiagnosticCode.NOT_BINDABLE, meaning.span(), meaning.describe()));
    }
    return new Meaning.Unknown(meaning.span());
  }

  private void reportBindingCount(Binding binding, Meaning meaning) {
    boolean doubtful = meaning instanceof Meaning.OfList list && list.isDoubtful();
    if (doubtful || meaning instanceof Meaning.Unknown) {
      return;
    }
    List<Name> targets = binding.targets();
    String gives = meaning instanceof Meaning.OfList ? meaning.describe() : "one value";
    log.report(
        Diagnostic.of(
                DiagnosticCode.BINDING_COUNT,
                targets.get(0).span().to(targets.get(targets.size() - 1).span()),
                Wording.count(targets.size(), "name"),
                gives)
            .labelled(Wording.count(targets.size(), "name"))
            .withSecondary(binding.value().span(), "gives " + gives));
  }

  /** The word {@code train}, with which the statement begins. */
  private static Span keyword(TrainStatement statement) {
    Span span = statement.span();
    return new Span(span.file(), span.start(), span.start() + "train".length());
  }
}
