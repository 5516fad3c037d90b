package org.cnnc.samples;

import java.io.File;
import java.nio.file.Path;

/**
 * The sample house-person-tree after its build.
 *
 * @param folder its project folder
 */
record HousePersonTreeSample(Path folder) {
  /** The network's text. */
  Path network() {
    return folder.resolve("src/main/cnnc/HousePersonTree.net");
  }

  /** The weights that ship with it. */
  Path weights() {
    return folder.resolve("src/main/resources/org/example/pictures/HousePersonTree.safetensors");
  }

  /** The Java sources that show what the compiler writes. */
  Path generatedSources() {
    return folder.resolve("generated");
  }

  /** The app; what it needs lies beside it. */
  Path jar() {
    return folder.resolve("target/house-person-tree-1.0.jar");
  }

  /** Draws pictures; see the class it runs. */
  JavaProcess pictureGenerator(Path pictures, String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = pictures.toString();
    System.arraycopy(options, 0, arguments, 1, options.length);
    return JavaProcess.ofClass(classpath(), "org.example.pictures.PictureGenerator", arguments);
  }

  /** Says what pictures show; see the class it runs. */
  JavaProcess classify(String... arguments) {
    return JavaProcess.ofClass(classpath(), "org.example.pictures.Classify", arguments);
  }

  private String classpath() {
    return jar() + File.pathSeparator + folder.resolve("target/lib") + File.separator + "*";
  }
}
