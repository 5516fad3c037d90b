package org.cnnc.compiler.graph.check;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.shape.Size;

/** The types of attributes: each reads one form of text and describes it. */
final class AttributeTypes {
  private AttributeTypes() {}

  /** A whole number. */
  record WholeNumber(long smallest, long largest) implements AttributeType<Long> {
    @Override
    public String description() {
      return "a whole number from " + smallest + " to " + largest;
    }

    @Override
    public Reading<Long> read(Meaning meaning) {
      if (!(meaning instanceof Meaning.OfNumber found)) {
        return Reading.wrongType(meaning);
      }
      return found
          .number()
          .toLong()
          .filter(value -> value >= smallest && value <= largest)
          .map(Reading::of)
          .orElseGet(() -> Reading.outOfRange(meaning, found.number()));
    }
  }

  /** A whole number that fits an int. */
  record Count(int smallest, int largest) implements AttributeType<Integer> {
    @Override
    public String description() {
      return new WholeNumber(smallest, largest).description();
    }

    @Override
    public Reading<Integer> read(Meaning meaning) {
      return new WholeNumber(smallest, largest).read(meaning).map(Math::toIntExact);
    }
  }

  /** One count for rows and columns, or a list of two. */
  record SizeType(int largest) implements AttributeType<Size> {
    @Override
    public String description() {
      return new Count(1, largest).description() + ", or `[rows, columns]`";
    }

    @Override
    public Reading<Size> read(Meaning meaning) {
      Count count = new Count(1, largest);
      if (!(meaning instanceof Meaning.OfList list)) {
        return count.read(meaning).map(side -> new Size(side, side));
      }
      if (list.elements().size() != 2) {
        return Reading.wrongType(meaning);
      }
      return readAll(count, list).map(sides -> new Size(sides.get(0), sides.get(1)));
    }
  }

  /** {@code same}, {@code valid}, one count, {@code [rows, columns]} or one count per side. */
  record PaddingType(int largest) implements AttributeType<PaddingRule> {
    @Override
    public String description() {
      return "`same`, `valid`, "
          + new Count(0, largest).description()
          + ", `[rows, columns]` or `[top, bottom, left, right]`";
    }

    @Override
    public List<String> words() {
      return List.of("same", "valid");
    }

    @Override
    public Reading<PaddingRule> read(Meaning meaning) {
      if (meaning instanceof Meaning.OfWord word && words().contains(word.word())) {
        return Reading.of(word.word().equals("same") ? PaddingRule.SAME : PaddingRule.VALID);
      }
      Count count = new Count(0, largest);
      if (!(meaning instanceof Meaning.OfList list)) {
        return count.read(meaning).map(side -> PaddingRule.of(side, side, side, side));
      }
      return switch (list.elements().size()) {
        case 2 ->
            readAll(count, list).map(n -> PaddingRule.of(n.get(0), n.get(0), n.get(1), n.get(1)));
        case 4 ->
            readAll(count, list).map(n -> PaddingRule.of(n.get(0), n.get(1), n.get(2), n.get(3)));
        default -> Reading.wrongType(meaning);
      };
    }
  }

  /** {@code true} or {@code false}. */
  record Flag() implements AttributeType<Boolean> {
    @Override
    public String description() {
      return "`true` or `false`";
    }

    @Override
    public List<String> words() {
      return List.of("true", "false");
    }

    @Override
    public Reading<Boolean> read(Meaning meaning) {
      if (meaning instanceof Meaning.OfWord word && words().contains(word.word())) {
        return Reading.of(word.word().equals("true"));
      }
      return Reading.wrongType(meaning);
    }
  }

  /** One number for all channels, or a list of one per channel. */
  record PerChannel(FloatNumber each) implements AttributeType<List<Float>> {
    @Override
    public String description() {
      return each.description() + ", or a list of one per channel";
    }

    @Override
    public Reading<List<Float>> read(Meaning meaning) {
      return meaning instanceof Meaning.OfList list
          ? readAll(each, list)
          : each.read(meaning).map(List::of);
    }
  }

  /** A value of the network. */
  record ValueType() implements AttributeType<ValueDraft> {
    @Override
    public String description() {
      return "a value of the network";
    }

    @Override
    public Reading<ValueDraft> read(Meaning meaning) {
      return meaning instanceof Meaning.OfValue found
          ? Reading.of(found.value())
          : Reading.wrongType(meaning);
    }
  }

  /** Reads every element; the first problem is the list's. */
  static <T> Reading<List<T>> readAll(AttributeType<T> type, Meaning.OfList list) {
    List<T> result = new ArrayList<>();
    for (Meaning element : list.elements()) {
      Reading<T> reading = type.read(element);
      if (reading.value().isEmpty()) {
        return reading.failed();
      }
      result.add(reading.value().get());
    }
    return Reading.of(List.copyOf(result));
  }
}
