package org.cnnc.compiler.loop;

import java.util.Set;
import javax.lang.model.SourceVersion;

/** Makes names of the model into names of Java members. */
public final class MemberNames {
  /** Methods that generated classes have anyway, of {@code Program} and of {@code Object}. */
  private static final Set<String> METHODS_OF_PROGRAMS =
      Set.of(
          "description",
          "rows",
          "newScratch",
          "run",
          "clone",
          "equals",
          "finalize",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "toString",
          "wait");

  private MemberNames() {}

  /**
   * Whether generated classes have a method of this name anyway; {@code rowsFrom100} goes on with
   * {@code rows}, {@code allocateFrom100} with the constructor.
   */
  public static boolean isTakenByPrograms(String name) {
    return METHODS_OF_PROGRAMS.contains(name) || name.matches("(rows|allocate)From\\d+");
  }

  /** {@code conv1.d_input} becomes {@code conv1DInput}; a keyword gets an underscore. */
  public static String of(String name) {
    StringBuilder result = new StringBuilder();
    boolean upper = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.' || c == '_') {
        upper = result.length() > 0;
      } else {
        result.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    String text = result.length() == 0 ? "value" : result.toString();
    return SourceVersion.isKeyword(text) ? text + "_" : text;
  }
}
