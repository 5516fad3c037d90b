package org.cnnc.compiler.graph.check;

import java.util.List;
import org.cnnc.grammar.source.Span;
import org.cnnc.grammar.syntax.Call;

/** What an expression stands for, and where it was written. */
sealed interface Meaning {
  Span span();

  /** For messages: {@code the number 3}. */
  String describe();

  /** The same thing, named elsewhere. */
  Meaning at(Span place);

  /** A compile-time number. */
  record OfNumber(Rational number, Span span) implements Meaning {
    @Override
    public String describe() {
      return "the number " + number;
    }

    @Override
    public Meaning at(Span place) {
      return new OfNumber(number, place);
    }
  }

  /** A value of the network. */
  record OfValue(ValueDraft value, Span span) implements Meaning {
    @Override
    public String describe() {
      return "a value of the network";
    }

    @Override
    public Meaning at(Span place) {
      return new OfValue(value, place);
    }
  }

  /** {@code [a, b]}. */
  record OfList(List<Meaning> elements, Span span) implements Meaning {
    public OfList {
      elements = List.copyOf(elements);
    }

    /** Whether an element is wrong, which was reported: then its number may be wrong as well. */
    boolean isDoubtful() {
      return elements.stream().anyMatch(Unknown.class::isInstance);
    }

    @Override
    public String describe() {
      return "a list of " + elements.size();
    }

    @Override
    public Meaning at(Span place) {
      return new OfList(elements, place);
    }
  }

  /** A text in quotes. */
  record OfText(String text, Span span) implements Meaning {
    @Override
    public String describe() {
      return "a text";
    }

    @Override
    public Meaning at(Span place) {
      return new OfText(text, place);
    }
  }

  /** A word that an attribute understands: {@code same}, {@code true}. */
  record OfWord(String word, Span span) implements Meaning {
    @Override
    public String describe() {
      return "the word `" + word + "`";
    }

    @Override
    public Meaning at(Span place) {
      return new OfWord(word, place);
    }
  }

  /** A call that nothing is piped into: {@code sgd(rate = 0.1)}. */
  record OfCall(Call call, Span span) implements Meaning {
    @Override
    public String describe() {
      return "a call of `" + call.function().text() + "`";
    }

    @Override
    public Meaning at(Span place) {
      return new OfCall(call, place);
    }
  }

  /** Something wrong that was reported; whoever meets it says nothing more. */
  record Unknown(Span span) implements Meaning {
    @Override
    public String describe() {
      return "something wrong";
    }

    @Override
    public Meaning at(Span place) {
      return new Unknown(place);
    }
  }
}
