package org.cnnc.runtime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the JSON that safetensors headers are made of: objects without repeated keys, texts, lists
 * of whole numbers from 0. The caller asks for what must come, so nesting is bounded by the caller.
 */
final class HeaderJson {
  private static final int HEADER_START = 8;

  private final String file;
  private final String text;
  private int position;

  /** Reads the value of a key, whose name is given. */
  interface MemberReader {
    void read(String key) throws SafetensorsException;
  }

  HeaderJson(String file, byte[] json) throws SafetensorsException {
    this.file = file;
    try {
      this.text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      throw new SafetensorsException(file, HEADER_START, "expected a header in UTF-8");
    }
  }

  SafetensorsException failure(String problem) {
    int bytes = text.substring(0, position).getBytes(StandardCharsets.UTF_8).length;
    return new SafetensorsException(file, HEADER_START + bytes, problem);
  }

  void object(MemberReader members) throws SafetensorsException {
    expect('{');
    if (accept('}')) {
      return;
    }
    Set<String> seen = new HashSet<>();
    do {
      String key = text();
      if (!seen.add(key)) {
        throw failure("key \"" + key + "\" is there twice");
      }
      expect(':');
      members.read(key);
    } while (accept(','));
    expect('}');
  }

  /** Nothing but the spaces that fill up the header. */
  void end() throws SafetensorsException {
    skipSpace();
    if (position != text.length()) {
      throw failure("expected the end of the header");
    }
  }

  List<Long> numbers(int most) throws SafetensorsException {
    List<Long> numbers = new ArrayList<>();
    expect('[');
    if (accept(']')) {
      return numbers;
    }
    do {
      if (numbers.size() == most) {
        throw failure("expected at most " + most + " numbers");
      }
      numbers.add(number());
    } while (accept(','));
    expect(']');
    return numbers;
  }

  private long number() throws SafetensorsException {
    skipSpace();
    int start = position;
    long number = 0;
    while (position < text.length() && isDigit(text.charAt(position))) {
      number = 10 * number + (text.charAt(position) - '0');
      position++;
      if (number < 0 || position - start > 18) {
        throw failure("number too large");
      }
    }
    if (position == start || (text.charAt(start) == '0' && position > start + 1)) {
      throw failure("expected a whole number from 0");
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  String text() throws SafetensorsException {
    expect('"');
    StringBuilder result = new StringBuilder();
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c == '"') {
        return result.toString();
      }
      if (c < ' ') {
        throw failure("control character in a text");
      }
      result.append(c == '\\' ? escaped() : c);
    }
    throw failure("a text without its closing quote");
  }

  private char escaped() throws SafetensorsException {
    if (position == text.length()) {
      throw failure("a text without its closing quote");
    }
    char c = text.charAt(position++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw failure("unknown escape \\" + c);
    };
  }

  private char unicode() throws SafetensorsException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = position < text.length() ? hexDigit(text.charAt(position)) : -1;
      if (digit < 0) {
        throw failure("expected four hexadecimal digits");
      }
      code = 16 * code + digit;
      position++;
    }
    return (char) code;
  }

  private static int hexDigit(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private void expect(char c) throws SafetensorsException {
    if (!accept(c)) {
      throw failure("expected '" + c + "'");
    }
  }

  private boolean accept(char c) {
    skipSpace();
    if (position < text.length() && text.charAt(position) == c) {
      position++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }
}
