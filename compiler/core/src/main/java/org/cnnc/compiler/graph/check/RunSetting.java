package org.cnnc.compiler.graph.check;

import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.source.Span;

/**
 * What a user sets for one training instead of what the text says.
 *
 * @param <T> type of the value
 * @param place where it is set, for messages
 */
public record RunSetting<T>(T value, Span place) {
  /**
   * A setting that is no part of a file.
   *
   * @param where it is: {@code command line}
   * @param text as the user wrote it: {@code --rate 0.1}
   */
  public static <T> RunSetting<T> of(String where, String text, T value) {
    return new RunSetting<>(value, new Span(new SourceFile(where, text), 0, text.length()));
  }
}
