package org.example.sketchpad;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.cnnc.runtime.Safetensors;
import org.cnnc.training.TrainingException;

/**
 * Where the sketchpad learns new symbols. Learning always starts from the digits as they were
 * shipped and takes all symbols at once, so nothing drifts, a symbol can be forgotten, and the same
 * drawings give the same bits. Glyphs are read meanwhile, by what was known before.
 */
final class Classroom {
  /** Symbols that there is room for beside the digits. */
  static final int MOST_SYMBOLS = 6;

  /** What is known without being taught. */
  static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  private final FirstHalf firstHalf;
  private final SecondHalf secondHalf;
  private final Rehearsal rehearsal;
  private final Recogniser untaught;
  private final SymbolFile file;
  private final ReentrantLock learning = new ReentrantLock();

  private volatile State state;

  /** What is known now. */
  private record State(Recogniser recogniser, List<Symbol> symbols) {}

  /**
   * What came of learning.
   *
   * @param names all that is known now
   * @param digits handwritten digits that were never learnt
   * @param rightBefore how many of them were read rightly by the weights that ship
   * @param rightNow how many are now
   */
  record Report(List<String> names, int digits, int rightBefore, int rightNow) {}

  /**
   * Learns what the file has, if it is there.
   *
   * @throws IOException if the file cannot be read or is no file of symbols
   */
  Classroom(SymbolFile file) throws IOException {
    Safetensors digits = shippedWeights();
    this.file = file;
    this.firstHalf = new FirstHalf(digits);
    this.secondHalf = new SecondHalf(digits);
    this.rehearsal = Rehearsal.load(firstHalf);
    this.untaught = new Recogniser(firstHalf, secondHalf.untaught(), DIGITS);
    this.state = learn(file.read());
  }

  /**
   * The weights of {@code Digits.net}, without the hash of the version of cnnc that they were
   * trained with: one that adds in another order changes nothing but last digits.
   */
  static Safetensors shippedWeights() throws IOException {
    try (InputStream in = Classroom.class.getResourceAsStream("Digits.safetensors")) {
      Safetensors weights = Safetensors.read(in, "Digits.safetensors");
      return new Safetensors(weights.source(), Map.of(), weights.tensors());
    }
  }

  /** Who reads at present. */
  Recogniser recogniser() {
    return state.recogniser();
  }

  /** What there is beside the digits. */
  List<Symbol> symbols() {
    return state.symbols();
  }

  /**
   * Learns one more symbol.
   *
   * @throws BadRequestException if its name is taken, there is no room, or nothing is drawn
   * @throws IOException if the file cannot be written; then nothing is learnt
   */
  Report teach(Symbol symbol) throws BadRequestException, IOException {
    return change(
        () -> {
          if (recogniser().names().contains(symbol.name())) {
            throw new BadRequestException(
                409, "\"" + symbol.name() + "\" is known already; forget it first");
          }
          if (symbols().size() == MOST_SYMBOLS) {
            throw new BadRequestException(
                409, "there is room for " + MOST_SYMBOLS + " symbols; forget one first");
          }
          List<Symbol> more = new ArrayList<>(symbols());
          more.add(symbol);
          return more;
        });
  }

  /**
   * Forgets a symbol.
   *
   * @throws BadRequestException if there is none of this name
   * @throws IOException if the file cannot be written; then nothing is forgotten
   */
  Report forget(String name) throws BadRequestException, IOException {
    return change(
        () -> {
          List<Symbol> fewer = new ArrayList<>(symbols());
          if (!fewer.removeIf(symbol -> symbol.name().equals(name))) {
            throw new BadRequestException(404, "no symbol \"" + name + "\" was taught");
          }
          return fewer;
        });
  }

  /** Says what the symbols will be; called while nobody else changes them. */
  private interface Change {
    List<Symbol> symbols() throws BadRequestException;
  }

  private Report change(Change change) throws BadRequestException, IOException {
    if (!learning.tryLock()) {
      throw new BadRequestException(409, "another symbol is being learnt; try again soon");
    }
    try {
      State next = learn(change.symbols());
      file.write(next.symbols());
      state = next;
      return new Report(
          next.recogniser().names(),
          rehearsal.unseen().size(),
          rehearsal.right(untaught),
          rehearsal.right(next.recogniser()));
    } finally {
      learning.unlock();
    }
  }

  private State learn(List<Symbol> symbols) throws IOException {
    if (symbols.isEmpty()) {
      return new State(untaught, List.of());
    }
    List<String> names = new ArrayList<>(DIGITS);
    List<Rehearsal.Example> examples = new ArrayList<>(rehearsal.learnt());
    for (Symbol symbol : symbols) {
      for (Drawing drawing : symbol.drawings()) {
        for (Drawing variation : drawing.variations()) {
          Glyph glyph = StrokePainter.glyph(variation);
          examples.add(new Rehearsal.Example(firstHalf.features(glyph), names.size()));
        }
      }
      names.add(symbol.name());
    }
    try {
      Safetensors weights = secondHalf.taught(examples, names.size());
      return new State(new Recogniser(firstHalf, weights, names), List.copyOf(symbols));
    } catch (TrainingException e) {
      throw new IOException("the symbols could not be learnt: " + e.getMessage(), e);
    }
  }
}
