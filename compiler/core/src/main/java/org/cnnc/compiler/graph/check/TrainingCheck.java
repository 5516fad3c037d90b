package org.cnnc.compiler.graph.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.OptimizerSpec;
import org.cnnc.compiler.graph.TrainingSpec;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.DidYouMean;
import org.cnnc.grammar.syntax.Call;
import org.cnnc.grammar.syntax.Name;
import org.cnnc.grammar.syntax.TrainStatement;

/** Checks {@code train { optimizer = sgd(rate = 0.05); batch = 32; }}. */
public final class TrainingCheck {
  private static final Attribute<Optional<Call>> OPTIMIZER =
      Attribute.optional("optimizer", new OptimizerCall(), "sgd", Optional.empty());
  private static final Attribute<Integer> BATCH =
      Attribute.optional(
          "batch", new AttributeTypes.Count(1, TrainingSpec.MAXIMUM_BATCH), "32", 32);
  private static final Attribute<Integer> EPOCHS =
      Attribute.optional("epochs", new AttributeTypes.Count(1, 1_000_000), "10", 10);
  private static final Attribute<Long> SEED =
      Attribute.optional("seed", new AttributeTypes.WholeNumber(0, Long.MAX_VALUE), "1", 1L);

  /** The settings of the training section. */
  public static final Signature SIGNATURE =
      Signature.statement("train", OPTIMIZER, BATCH, EPOCHS, SEED);

  private final ArgumentBinder binder;
  private final DiagnosticLog log;
  private final List<Diagnostic> warnings = new ArrayList<>();

  TrainingCheck(ArgumentBinder binder, DiagnosticLog log) {
    this.binder = binder;
    this.log = log;
  }

  /** {@code sgd(...)}, or {@code sgd} for all its defaults. */
  private record OptimizerCall() implements AttributeType<Optional<Call>> {
    @Override
    public String description() {
      return "an optimizer: `sgd(...)` or `adam(...)`";
    }

    @Override
    public List<String> words() {
      return OptimizerCatalogue.STANDARD.names();
    }

    @Override
    public Reading<Optional<Call>> read(Meaning meaning) {
      if (meaning instanceof Meaning.OfCall found) {
        return Reading.of(Optional.of(found.call()));
      }
      if (meaning instanceof Meaning.OfWord word) {
        Name name = new Name(word.word(), word.span());
        return Reading.of(Optional.of(new Call(name, List.of(), word.span())));
      }
      return Reading.wrongType(meaning);
    }
  }

  /** What is allowed, but looks wrong; to be reported if there are no errors. */
  List<Diagnostic> warnings() {
    return List.copyOf(warnings);
  }

  /** The training section; empty, and reported, if anything is wrong with it. */
  Optional<TrainingSpec> check(TrainStatement statement) {
    BoundArguments settings =
        binder.bindSettings(SIGNATURE, statement.span(), statement.settings());
    Optional<Call> call = settings.get(OPTIMIZER);
    Optional<OptimizerSpec> optimizer =
        call.isEmpty()
            ? Optional.of(TrainingSpec.DEFAULT.optimizer())
            : call.flatMap(this::optimizer);
    return optimizer
        .filter(spec -> settings.isComplete())
        .map(
            spec ->
                new TrainingSpec(
                    spec, settings.get(BATCH), settings.get(EPOCHS), settings.get(SEED)));
  }

  private Optional<OptimizerSpec> optimizer(Call call) {
    String name = call.function().text();
    Optional<OptimizerCatalogue.Entry> entry = OptimizerCatalogue.STANDARD.find(name);
    if (entry.isEmpty()) {
      List<String> names = OptimizerCatalogue.STANDARD.names();
      log.report(
          Diagnostic.of(DiagnosticCode.UNKNOWN_OPTIMIZER, call.function().span(), name)
              .withHelp(
                  DidYouMean.closest(name, names)
                      .map(close -> "did you mean `" + close + "`?")
                      .orElseGet(() -> "the optimizers are " + Wording.code(names))));
      return Optional.empty();
    }
    BoundArguments arguments =
        binder.bind(entry.get().signature(), call.function().span(), call.arguments());
    entry.get().rates().check(arguments).ifPresent(warnings::add);
    return Optional.of(arguments)
        .filter(BoundArguments::isComplete)
        .map(entry.get().factory())
        .filter(spec -> momentumFits(spec, call, arguments));
  }

  private boolean momentumFits(OptimizerSpec spec, Call call, BoundArguments arguments) {
    if (spec instanceof OptimizerSpec.Sgd sgd && sgd.nesterov() && sgd.momentum() == 0) {
      log.report(
          Diagnostic.of(
                  DiagnosticCode.NESTEROV_NEEDS_MOMENTUM,
                  arguments.span(OptimizerCatalogue.NESTEROV).orElse(call.span()))
              .labelled("`momentum` is 0")
              .withHelp("add `momentum = 0.9`"));
      return false;
    }
    return true;
  }
}
