package org.cnnc.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Labelled images as they lie on disk or in an archive: one form of data. */
interface StoredData {
  /** How messages name it. */
  Path path();

  /** What it is called, without folders. */
  String name();

  /** What an image of it is: {@code images} or {@code pictures}. */
  String unit();

  /** Names of the classes by number; empty if the data do not name them. */
  List<String> classes();

  /**
   * How many images it says it has, broken ones among them; none of them is read.
   *
   * @throws DataException if it cannot have so many
   */
  long count() throws IOException;

  /** Hands over all images, always in the same order; begins no part. */
  void visit(DataVisitor visitor) throws IOException;
}
