package org.cnnc.grammar.diagnostic;

import java.util.Locale;

/** Writes JSON piece by piece, with the commas; the caller keeps the brackets balanced. */
final class JsonWriter {
  private final StringBuilder text = new StringBuilder();

  JsonWriter beginObject() {
    separate();
    text.append('{');
    return this;
  }

  JsonWriter endObject() {
    text.append('}');
    return this;
  }

  JsonWriter beginArray() {
    separate();
    text.append('[');
    return this;
  }

  JsonWriter endArray() {
    text.append(']');
    return this;
  }

  JsonWriter name(String name) {
    value(name);
    text.append(':');
    return this;
  }

  JsonWriter value(long number) {
    separate();
    text.append(number);
    return this;
  }

  JsonWriter value(String string) {
    separate();
    text.append('"');
    string.chars().forEach(c -> character((char) c));
    text.append('"');
    return this;
  }

  private void character(char c) {
    switch (c) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      default -> {
        // Surrogates are escaped too, for a lone one could not be encoded.
        if (c < ' ' || c == '\u007F' || Character.isSurrogate(c)) {
          text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        } else {
          text.append(c);
        }
      }
    }
  }

  /** Puts a comma behind a complete value. */
  private void separate() {
    if (text.length() > 0 && "{[:".indexOf(text.charAt(text.length() - 1)) < 0) {
      text.append(',');
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
