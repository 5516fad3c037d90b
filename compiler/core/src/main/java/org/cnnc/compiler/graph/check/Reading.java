package org.cnnc.compiler.graph.check;

import java.util.Optional;
import java.util.function.Function;
import org.cnnc.grammar.diagnostic.DiagnosticCode;

/**
 * What came of reading an attribute.
 *
 * @param value what was read, if nothing is wrong
 * @param problem what is wrong, if that has not been reported before
 */
record Reading<T>(Optional<T> value, Optional<Problem> problem) {
  /** Something wrong: the part that is, and in which way. */
  record Problem(DiagnosticCode code, Meaning culprit, String label) {}

  static <T> Reading<T> of(T value) {
    return new Reading<>(Optional.of(value), Optional.empty());
  }

  /** The wrong kind of thing; silent where it is already known to be wrong. */
  static <T> Reading<T> wrongType(Meaning culprit) {
    if (culprit instanceof Meaning.Unknown
        || (culprit instanceof Meaning.OfList list && list.isDoubtful())) {
      return new Reading<>(Optional.empty(), Optional.empty());
    }
    return problem(DiagnosticCode.WRONG_TYPE, culprit, "this is " + culprit.describe());
  }

  static <T> Reading<T> outOfRange(Meaning culprit, Object found) {
    return problem(DiagnosticCode.OUT_OF_RANGE, culprit, "this is " + found);
  }

  static <T> Reading<T> problem(DiagnosticCode code, Meaning culprit, String label) {
    return new Reading<>(Optional.empty(), Optional.of(new Problem(code, culprit, label)));
  }

  <R> Reading<R> map(Function<T, R> function) {
    return new Reading<>(value.map(function), problem);
  }

  /** The same problem, of something else that was being read. */
  <R> Reading<R> failed() {
    return new Reading<>(Optional.empty(), problem);
  }
}
