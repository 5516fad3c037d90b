package org.cnnc.maven;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.maven.plugin.logging.Log;
import org.cnnc.compiler.TuningFile;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.schedule.KernelChoices;

/**
 * A network's text in a source folder.
 *
 * @param path the file
 * @param relative the file as seen from the source folder
 * @param packageName package of its classes; empty for the unnamed one
 */
record NetworkFile(Path path, Path relative, String packageName) {
  static final String ENDING = ".net";

  /** A path relative to output folders for what comes of this file, in the folder it is in. */
  Path relativeWithEnding(String ending) {
    String name = String.valueOf(relative.getFileName());
    String stem = name.substring(0, name.length() - ENDING.length());
    return relative.resolveSibling(stem + ending);
  }

  /** The tiles that {@code cnnc tune} wrote beside it; a file that does not fit is a warning. */
  KernelChoices tiles(NetworkGraph graph, Log log) throws IOException {
    TuningFile.Reading reading = TuningFile.readBeside(graph, path);
    new DiagnosticLogger(log).log(reading.warning().stream().toList());
    return reading.choices();
  }

  /** Name of the class that an app names: {@code org.example.Digits}. */
  String className(NetworkGraph graph) {
    return packageName.isEmpty() ? graph.name() : packageName + "." + graph.name();
  }

  /** Where a facade looks for its weights: beside its class, below a root of classes. */
  Path weights(Path root, NetworkGraph graph) {
    return root.resolve(packageName.replace('.', '/')).resolve(graph.name() + ".safetensors");
  }
}
