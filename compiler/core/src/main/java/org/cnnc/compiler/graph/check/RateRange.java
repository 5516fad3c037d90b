package org.cnnc.compiler.graph.check;

import java.util.Optional;
import org.cnnc.compiler.graph.op.FloatText;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.source.Span;

/**
 * The learning rates with which an optimizer is known to learn; others are allowed.
 *
 * @param smallest the rates below it look too small
 * @param largest the rates above it look too large
 * @param help what is usual
 */
public record RateRange(Attribute<Float> rate, float smallest, float largest, String help) {
  /** A warning if the rate that is given looks wrong. */
  Optional<Diagnostic> check(BoundArguments arguments) {
    return arguments.span(rate).flatMap(span -> check(arguments.get(rate), span));
  }

  /**
   * A warning if a rate looks wrong.
   *
   * @param place where it is given
   */
  Optional<Diagnostic> check(float given, Span place) {
    if (given >= smallest && given <= largest) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnostic.of(
                DiagnosticCode.LEARNING_RATE,
                place,
                FloatText.of(given),
                given < smallest ? "small" : "large")
            .withHelp(help));
  }
}
