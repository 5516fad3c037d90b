package org.cnnc.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.apache.maven.plugin.MojoFailureException;

/**
 * A folder of networks, laid out as Java sources are: a file in the subfolder {@code org/example}
 * makes classes of the package {@code org.example}.
 *
 * @param folder need not exist
 * @param basePackage package of files that lie in the folder itself; those in subfolders get
 *     packages below it
 */
record NetworkFolder(Path folder, String basePackage) {
  /**
   * All networks, in the order of their paths.
   *
   * @throws MojoFailureException if a folder's name cannot be part of a package name
   */
  List<NetworkFile> networks() throws IOException, MojoFailureException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(NetworkFolder::isNetwork).sorted().toList();
    }
    List<NetworkFile> networks = new ArrayList<>();
    for (Path file : files) {
      networks.add(network(file));
    }
    return networks;
  }

  private static boolean isNetwork(Path file) {
    return String.valueOf(file.getFileName()).endsWith(NetworkFile.ENDING)
        && Files.isRegularFile(file);
  }

  /** The network of a file below the folder, with the package that its place gives it. */
  NetworkFile network(Path file) throws MojoFailureException {
    Path relative = folder.relativize(file);
    List<String> parts = new ArrayList<>();
    if (!basePackage.isEmpty()) {
      parts.add(basePackage);
    }
    if (relative.getParent() != null) {
      relative.getParent().forEach(part -> parts.add(part.toString()));
    }
    String packageName = String.join(".", parts);
    if (!packageName.isEmpty() && !SourceVersion.isName(packageName)) {
      throw new MojoFailureException(
          file
              + ": its folder makes the package "
              + packageName
              + ", which is no package name of Java; rename the folder, or the parameter"
              + " packageName");
    }
    return new NetworkFile(file, relative, packageName);
  }
}
