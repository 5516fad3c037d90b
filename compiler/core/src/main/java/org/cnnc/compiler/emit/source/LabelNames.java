package org.cnnc.compiler.emit.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.lang.model.SourceVersion;

/** Names of enum constants for texts of any kind: {@code "traffic light"} is TRAFFIC_LIGHT. */
final class LabelNames {
  private LabelNames() {}

  /** One name a label, all different, in the same order. */
  static List<String> of(List<String> labels) {
    List<String> names = new ArrayList<>();
    for (String label : labels) {
      String name = identifier(label);
      String unique = name;
      for (int number = 2; names.contains(unique); number++) {
        unique = name + "_" + number;
      }
      names.add(unique);
    }
    return names;
  }

  private static String identifier(String label) {
    StringBuilder name = new StringBuilder();
    label
        .toUpperCase(Locale.ROOT)
        .codePoints()
        .map(c -> Character.isLetterOrDigit(c) && Character.isJavaIdentifierPart(c) ? c : '_')
        .forEach(name::appendCodePoint);
    if (name.isEmpty() || !Character.isJavaIdentifierStart(name.codePointAt(0))) {
      name.insert(0, '_');
    }
    return SourceVersion.isKeyword(name) ? name + "_" : name.toString();
  }
}
