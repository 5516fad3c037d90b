package org.cnnc.training.data;

import java.io.IOException;
import java.util.List;

/** Takes what lies in data, image by image. */
public interface DataVisitor {
  /**
   * A part of the data begins: all of them, or those to train and those to test with.
   *
   * @param name of the part: {@code train}, {@code test}, or what the data are called
   * @param classes names of the classes by number; empty if the data do not name them
   */
  void part(String name, List<String> classes);

  /**
   * An image.
   *
   * @param label number of its class
   */
  void image(StoredImage image, int label) throws IOException;

  /**
   * A picture that cannot be read, instead of an image.
   *
   * @throws IOException if that is an error; others are read otherwise
   */
  void broken(DataException problem) throws IOException;
}
