package org.cnnc.cli.survey;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cnnc.training.data.StoredImage;

/**
 * Finds images with the same pixels, by the SHA-256 of width, height and colours: files that differ
 * in format or in what they say beside the picture count as the same. Of tensors all bits count.
 */
public final class Duplicates {
  private final Map<String, List<Place>> places = new LinkedHashMap<>();

  /**
   * Where an image lies.
   *
   * @param part of the data
   * @param className of its class
   */
  public record Place(String name, String part, String className) {}

  /** Images with the same pixels, at least two. */
  public record Group(List<Place> places) {
    public Group {
      places = List.copyOf(places);
    }

    /** Whether the same image is said to show different things. */
    public boolean acrossClasses() {
      return places.stream().map(Place::className).distinct().count() > 1;
    }

    /** Whether an image to test with is learnt. */
    public boolean acrossParts() {
      return places.stream().map(Place::part).distinct().count() > 1;
    }
  }

  void add(StoredImage image, Place place) {
    // Few images have a second place: no list grows for the others.
    places.merge(
        digest(image.content()),
        List.of(place),
        (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
  }

  private static String digest(ByteBuffer content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(content);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What is there more than once, in order of the first places. */
  List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    places.values().stream().filter(same -> same.size() > 1).map(Group::new).forEach(groups::add);
    return groups;
  }
}
