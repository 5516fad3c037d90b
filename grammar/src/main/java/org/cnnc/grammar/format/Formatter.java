package org.cnnc.grammar.format;

import java.util.Optional;
import java.util.Set;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.parse.Parser;
import org.cnnc.grammar.source.SourceFile;

/**
 * Lays a file out in the one canonical way. Only white space changes; every word, mark and comment
 * stays where it was among the others.
 *
 * <ul>
 *   <li>A statement begins a line, four columns further in than the network; one empty line between
 *       statements is kept, more become one.
 *   <li>A statement of at most {@value #WIDTH} columns takes one line, settings included.
 *   <li>A longer pipeline begins a line before its first layer and before every layer of {@link
 *       #BLOCK_LAYERS}; {@code labels} begins one too. What is still too long goes on in the next
 *       line, further in. Longer settings take a line each.
 *   <li>{@code *} and {@code /} stand without spaces, {@code +}, {@code -}, {@code =} and {@code
 *       ->} with one on each side.
 *   <li>A comment that begins its line keeps a line for itself; any other stays behind what it
 *       stood behind. Comments at the end of neighbouring lines are aligned.
 * </ul>
 */
public final class Formatter {
  /** The columns of a line, where it can be broken. */
  public static final int WIDTH = 100;

  /** The layers with which a block of a network begins: those that learn. */
  public static final Set<String> BLOCK_LAYERS = Set.of("conv", "fc");

  private Formatter() {}

  /**
   * The text in its canonical layout, with line feeds as line ends.
   *
   * @return empty if there are syntax errors, which the log tells
   */
  public static Optional<String> format(SourceFile file, DiagnosticLog log) {
    Parser.parse(file, log);
    return log.hasErrors()
        ? Optional.empty()
        : Optional.of(new FileLayout(Piece.piecesOf(file)).print());
  }
}
