package org.cnnc.cli.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A JSON object in one line, with spaces behind colons and commas as Python prints it. */
public final class JsonObject {
  private final List<String> members = new ArrayList<>();

  /** Adds a text. */
  public JsonObject with(String name, String text) {
    return add(name, quote(text));
  }

  /** Adds a whole number. */
  public JsonObject with(String name, long number) {
    return add(name, Long.toString(number));
  }

  /** Adds true or false. */
  public JsonObject with(String name, boolean value) {
    return add(name, Boolean.toString(value));
  }

  /** Adds a number rounded to so many places after the point; null if it is not finite. */
  public JsonObject with(String name, double number, int places) {
    return add(
        name,
        Double.isFinite(number)
            ? new BigDecimal(number).setScale(places, RoundingMode.HALF_UP).toPlainString()
            : "null");
  }

  /** Adds a list of whole numbers. */
  public JsonObject withNumbers(String name, List<Integer> numbers) {
    return add(name, numbers.toString());
  }

  /** Adds an object. */
  public JsonObject withObject(String name, JsonObject object) {
    return add(name, object.toString());
  }

  /** Adds a list of objects. */
  public JsonObject withObjects(String name, List<JsonObject> objects) {
    return add(name, objects.toString());
  }

  private JsonObject add(String name, String value) {
    members.add(quote(name) + ": " + value);
    return this;
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  @Override
  public String toString() {
    return "{" + String.join(", ", members) + "}";
  }
}
