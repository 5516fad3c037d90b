package org.cnnc.compiler;

import java.util.List;
import java.util.stream.Stream;

/** Whether tests try all that they can, as {@code mvn -Pthorough} asks for, or a part of it. */
public final class Thorough {
  public static final boolean WANTED = Boolean.getBoolean("cnnc.thorough");

  private Thorough() {}

  /** What every build tries, and one more that takes long. */
  public static List<String> networks(List<String> ofEveryBuild, String large) {
    return WANTED ? Stream.concat(ofEveryBuild.stream(), Stream.of(large)).toList() : ofEveryBuild;
  }
}
