package org.cnnc.runtime;

import java.util.ArrayList;
import java.util.List;

/** The words of one line of a description, taken from left to right. */
final class DescriptionLine {
  private static final char QUOTE = '"';

  private final List<String> words = new ArrayList<>();
  private int next;

  /** Splits at single spaces; a text keeps its quotes until it is taken. */
  DescriptionLine(String line) {
    int start = 0;
    while (start < line.length()) {
      int end = line.charAt(start) == QUOTE ? endOfText(line, start) : endOfWord(line, start);
      if (end == start || (end < line.length() && line.charAt(end) != ' ')) {
        throw new IllegalArgumentException("one space between words, please; column " + (end + 1));
      }
      words.add(line.substring(start, end));
      start = end + 1;
    }
  }

  private static int endOfWord(String line, int start) {
    int end = line.indexOf(' ', start);
    return end < 0 ? line.length() : end;
  }

  private static int endOfText(String line, int start) {
    for (int i = start + 1; i < line.length(); i++) {
      if (line.charAt(i) == '\\') {
        i++;
      } else if (line.charAt(i) == QUOTE) {
        return i + 1;
      }
    }
    throw new IllegalArgumentException("a text without its closing quote");
  }

  boolean atEnd() {
    return next == words.size();
  }

  void expectEnd() {
    if (!atEnd()) {
      throw new IllegalArgumentException("unexpected " + words.get(next));
    }
  }

  /** Whether a fixed word is next. */
  boolean isBefore(String keyword) {
    return !atEnd() && words.get(next).equals(keyword);
  }

  /** Takes a fixed word. */
  DescriptionLine after(String keyword) {
    String word = take(keyword);
    if (!word.equals(keyword)) {
      throw new IllegalArgumentException("expected \"" + keyword + "\", found " + word);
    }
    return this;
  }

  String word() {
    String word = take("a word");
    if (isText(word)) {
      throw new IllegalArgumentException("expected a word without quotes, found " + word);
    }
    return word;
  }

  List<String> words() {
    List<String> taken = new ArrayList<>();
    while (!atEnd()) {
      taken.add(word());
    }
    return taken;
  }

  String text() {
    String word = take("a text");
    if (!isText(word)) {
      throw new IllegalArgumentException("expected a text in quotes, found " + word);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < word.length() - 1; i++) {
      char c = word.charAt(i);
      if (c == '\\') {
        i++;
        c = escaped(word, i);
      }
      text.append(c);
    }
    return text.toString();
  }

  private static char escaped(String word, int place) {
    return switch (word.charAt(place)) {
      case QUOTE -> QUOTE;
      case '\\' -> '\\';
      case 'n' -> '\n';
      case 'r' -> '\r';
      default -> throw new IllegalArgumentException("unknown escape in " + word);
    };
  }

  List<String> texts() {
    List<String> taken = new ArrayList<>();
    while (!atEnd()) {
      taken.add(text());
    }
    return taken;
  }

  long whole() {
    return Long.parseLong(word());
  }

  /** A number from 0. */
  int number() {
    int number = Integer.parseInt(word());
    if (number < 0) {
      throw new IllegalArgumentException("expected a number from 0, found " + number);
    }
    return number;
  }

  List<Integer> numbers() {
    List<Integer> taken = new ArrayList<>();
    while (nextIsNumber()) {
      taken.add(number());
    }
    return taken;
  }

  /** A number from 1. */
  int size() {
    int size = number();
    if (size == 0) {
      throw new IllegalArgumentException("expected a number from 1, found 0");
    }
    return size;
  }

  List<Integer> sizes() {
    List<Integer> taken = new ArrayList<>();
    while (nextIsNumber()) {
      taken.add(size());
    }
    return taken;
  }

  float real() {
    return Float.parseFloat(word());
  }

  List<Float> reals() {
    List<Float> taken = new ArrayList<>();
    while (nextIsNumber()) {
      taken.add(real());
    }
    return taken;
  }

  private boolean nextIsNumber() {
    return !atEnd() && "-+.0123456789".indexOf(words.get(next).charAt(0)) >= 0;
  }

  private static boolean isText(String word) {
    return word.charAt(0) == QUOTE;
  }

  private String take(String expectation) {
    if (atEnd()) {
      throw new IllegalArgumentException("expected " + expectation + " at the end of the line");
    }
    return words.get(next++);
  }
}
