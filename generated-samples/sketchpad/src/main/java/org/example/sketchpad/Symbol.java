package org.example.sketchpad;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * A symbol to be taught.
 *
 * @param name what it is called: 1 to 20 characters
 * @param drawings ten examples of it
 */
record Symbol(String name, List<Drawing> drawings) {
  /** Examples that are asked for. */
  static final int DRAWINGS = 10;

  private static final int LONGEST_NAME = 20;

  @JsonCreator
  Symbol(@JsonProperty("name") String name, @JsonProperty("drawings") List<Drawing> drawings) {
    this.name = name == null ? "" : name.strip();
    int length = this.name.codePointCount(0, this.name.length());
    if (length < 1
        || length > LONGEST_NAME
        || this.name.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("expected a name of 1 to " + LONGEST_NAME + " characters");
    }
    if (drawings == null
        || drawings.size() != DRAWINGS
        || drawings.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(
          "expected " + DRAWINGS + " drawings, got " + (drawings == null ? 0 : drawings.size()));
    }
    this.drawings = List.copyOf(drawings);
  }
}
