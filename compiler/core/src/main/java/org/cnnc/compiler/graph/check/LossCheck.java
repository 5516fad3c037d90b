package org.cnnc.compiler.graph.check;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.LossSpec;
import org.cnnc.compiler.graph.op.Operator.Softmax;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.DidYouMean;
import org.cnnc.grammar.source.Span;
import org.cnnc.grammar.syntax.Call;
import org.cnnc.grammar.syntax.LossStatement;

/** Checks {@code loss cross_entropy(label);}. */
public final class LossCheck {
  private static final Attribute<ValueDraft> OUTPUT =
      Attribute.<ValueDraft>required("output", new AttributeTypes.ValueType()).byPosition();

  /** The only loss so far. */
  public static final Signature CROSS_ENTROPY = Signature.call("cross_entropy", OUTPUT);

  private static final List<String> NAMES = List.of(CROSS_ENTROPY.name());

  private final NetworkDraft network;
  private final ArgumentBinder binder;
  private final DiagnosticLog log;

  LossCheck(NetworkDraft network, ArgumentBinder binder, DiagnosticLog log) {
    this.network = network;
    this.binder = binder;
    this.log = log;
  }

  /**
   * A checked loss.
   *
   * @param judged what the text names: the result of a softmax
   * @param logits the softmax's input
   */
  record Checked(LossSpec.Kind kind, ValueDraft judged, ValueDraft logits, Span span) {}

  /** The loss; empty, and reported, if anything is wrong with it. */
  Optional<Checked> check(LossStatement statement) {
    Call call = statement.call();
    String name = call.function().text();
    if (!NAMES.contains(name)) {
      log.report(
          Diagnostic.of(DiagnosticCode.UNKNOWN_LOSS, call.function().span(), name)
              .withHelp(
                  DidYouMean.closest(name, NAMES)
                      .map(close -> "did you mean `" + close + "`?")
                      .orElseGet(() -> "the only loss is `" + CROSS_ENTROPY.name() + "`")));
      return Optional.empty();
    }
    BoundArguments arguments = binder.bind(CROSS_ENTROPY, call.function().span(), call.arguments());
    return arguments.isComplete() ? crossEntropy(statement, arguments) : Optional.empty();
  }

  private Optional<Checked> crossEntropy(LossStatement statement, BoundArguments arguments) {
    ValueDraft judged = arguments.get(OUTPUT);
    Optional<NetworkDraft.Layer> producer =
        network.layers().stream().filter(layer -> layer.output().equals(judged)).findFirst();
    if (producer.isPresent() && producer.get().operator() instanceof Softmax) {
      return Optional.of(
          new Checked(
              LossSpec.Kind.CROSS_ENTROPY, judged, producer.get().input(), statement.span()));
    }
    String what =
        producer
            .map(layer -> "the result of `" + layer.operator().kind() + "`")
            .orElse("the input");
    log.report(
        Diagnostic.of(
                DiagnosticCode.LOSS_NEEDS_SOFTMAX,
                arguments.span(OUTPUT).orElse(statement.span()),
                CROSS_ENTROPY.name())
            .labelled("this is " + what)
            .withSecondary(judged.producer(), "made here")
            .withHelp("make it an output that ends in `-> softmax`, and name that output here"));
    return Optional.empty();
  }
}
