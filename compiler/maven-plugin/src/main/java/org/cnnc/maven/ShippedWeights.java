package org.cnnc.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.plugin.logging.Log;
import org.cnnc.compiler.TuningFile;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.SafetensorsException;
import org.cnnc.training.data.FileProblems;

/**
 * The weights that an app ships with a class, if they are there when it is compiled: the class's
 * comment tells what they say of themselves. They need not be there, so nothing that is wrong with
 * them fails the build here.
 *
 * @param named file that a parameter names; without it they lie beside the class
 * @param resources folders whose files Maven copies beside the app's classes
 */
record ShippedWeights(Log log, Optional<Path> named, List<Path> resources) {

  /** What the weights of a network say of themselves; empty when there are none. */
  Map<String, String> metadata(NetworkFile file, NetworkGraph network) {
    if (named.isPresent() && !Files.exists(named.get())) {
      log.info(named.get() + ": no such weights yet, so the class's comment tells of none");
    }
    Optional<Path> weights =
        named
            .map(Stream::of)
            .orElseGet(() -> resources.stream().map(folder -> file.weights(folder, network)))
            .filter(Files::isRegularFile)
            .findFirst();
    return weights.isPresent() ? metadata(weights.get(), network) : Map.of();
  }

  private Map<String, String> metadata(Path weights, NetworkGraph network) {
    Map<String, String> metadata;
    try {
      metadata = Safetensors.readMetadata(weights);
    } catch (SafetensorsException e) {
      log.warn(e.getMessage());
      return Map.of();
    } catch (IOException e) {
      log.warn(FileProblems.describe(e));
      return Map.of();
    }
    String hash = metadata.getOrDefault(Parameters.HASH_KEY, "");
    if (hash.isEmpty() || hash.equals(TuningFile.hashOf(network))) {
      return metadata;
    }
    log.info(weights + ": not of " + network.name() + " as it is now, left out of its comment");
    return Map.of();
  }
}
