package org.cnnc.training.data;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * How the classes of data are numbered: by a network's labels where data use its words, else in the
 * data's own order. Without a network, any number of classes will do.
 *
 * @param labels of the network; empty if it has none
 * @param count how many classes the network tells apart
 */
record ClassNumbering(List<String> labels, Optional<Integer> count) {
  static final ClassNumbering WITHOUT_NETWORK = new ClassNumbering(List.of(), Optional.empty());

  static ClassNumbering of(List<String> labels, int count) {
    return new ClassNumbering(labels, Optional.of(count));
  }

  /** Whether these are words of the network, or some of them. */
  boolean knows(List<String> names) {
    return !labels.isEmpty() && new HashSet<>(labels).containsAll(names);
  }

  /**
   * Names of the classes by number.
   *
   * @param place that messages name
   * @param names of the data, in their order
   * @param what they are: "class folders"
   */
  List<String> numbered(Path place, List<String> names, String what) throws DataException {
    if (knows(names)) {
      return labels;
    }
    if (count.isPresent() && names.size() != count.get()) {
      throw new DataException(
          place, "expected " + count.get() + " " + what + ", found " + names.size() + ": " + names);
    }
    return names;
  }

  /** The number that all labels of the data are below; {@code most} without a network. */
  int limit(int most) {
    return count.orElse(most);
  }
}
