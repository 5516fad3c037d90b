package org.cnnc.compiler.graph.check;

import java.util.Optional;
import org.cnnc.compiler.graph.op.FloatText;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;

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
    return arguments
        .span(rate)
        .filter(span -> arguments.get(rate) < smallest || arguments.get(rate) > largest)
        .map(
            span ->
                Diagnostic.of(
                        DiagnosticCode.LEARNING_RATE,
                        span,
                        FloatText.of(arguments.get(rate)),
                        arguments.get(rate) < smallest ? "small" : "large")
                    .withHelp(help));
  }
}
