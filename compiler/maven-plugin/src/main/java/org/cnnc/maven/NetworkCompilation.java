package org.cnnc.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.maven.NetworkProduct.Made;

/**
 * Makes of each network of a folder what a goal makes of it: of those that changed, and forgets
 * those that are gone.
 */
final class NetworkCompilation {
  private static final String RECORD = ".record";

  private final Log log;
  private final Path base;
  private final Path records;
  private final OutputFolders folders;
  private final NetworkProduct.Maker maker;
  private final Map<Path, NetworkFile> makerOf = new HashMap<>();
  private int errors;

  /**
   * A compilation.
   *
   * @param base the project's folder
   * @param records folder of what this compilation remembers from build to build
   */
  NetworkCompilation(
      Log log, Path base, Path records, OutputFolders folders, NetworkProduct.Maker maker) {
    this.log = log;
    this.base = base;
    this.records = records;
    this.folders = folders;
    this.maker = maker;
  }

  /**
   * Compiles. Mistakes in one network do not keep the others from being looked at.
   *
   * @throws MojoFailureException if a network has errors; they are in the log
   */
  void compile(NetworkFolder folder) throws IOException, SourceException, MojoFailureException {
    List<NetworkFile> networks = folder.networks();
    if (networks.isEmpty()) {
      log.info("No networks in " + folder.folder());
    }
    Set<Path> current = new HashSet<>();
    int compiled = 0;
    for (NetworkFile network : networks) {
      Path record = records.resolve(network.relativeWithEnding(RECORD));
      current.add(record);
      compiled += compile(network, record) ? 1 : 0;
    }
    forgetAllBut(current);
    if (errors > 0) {
      throw DiagnosticLogger.failure(errors);
    }
    if (compiled == 0 && !networks.isEmpty()) {
      log.info(maker.nothingToDo());
    }
  }

  /** Compiles a network unless its record is current; returns whether it did. */
  private boolean compile(NetworkFile file, Path recordFile)
      throws IOException, SourceException, MojoFailureException {
    NetworkText text = NetworkText.read(file);
    NetworkProduct product = maker.of(text);
    String inputs = inputs(text, product);
    BuildRecord record = BuildRecord.read(recordFile, base);
    if (record.isCurrent(inputs)) {
      expectOwn(file, record.outputs().keySet());
      return false;
    }
    Optional<Made> made = make(text, product);
    if (made.isEmpty()) {
      return false;
    }
    List<GeneratedFile> files = made.get().files();
    expectOwn(file, folders.places(files));
    List<Path> written = folders.write(files);
    folders.deleteStale(record, written);
    folders.takeFromJavac(record, written);
    BuildRecord.of(inputs, written).write(recordFile, base);
    log.info(maker.done() + " " + file.relative() + " to " + names(written));
    made.get().facts().forEach(log::info);
    return true;
  }

  private static String names(List<Path> files) {
    return files.stream()
        .map(file -> String.valueOf(file.getFileName()))
        .collect(Collectors.joining(", "));
  }

  private static String inputs(NetworkText text, NetworkProduct product) throws IOException {
    Fingerprint inputs = new Fingerprint();
    product.addTo(inputs);
    return inputs
        .with("compiler", CompilerIdentity.text())
        .with("file", text.file().relative())
        .with("package", text.file().packageName())
        .with("text", text.source().text())
        .value();
  }

  private Optional<Made> make(NetworkText text, NetworkProduct product)
      throws IOException, MojoFailureException {
    errors += new DiagnosticLogger(log).log(text.diagnostics());
    if (text.network().isEmpty()) {
      return Optional.empty();
    }
    Made made = product.make();
    errors += new DiagnosticLogger(log).log(made.errors());
    return made.errors().isEmpty() ? Optional.of(made) : Optional.empty();
  }

  /** Two networks of one name in one package would replace each other's classes for ever. */
  private void expectOwn(NetworkFile network, Collection<Path> outputs)
      throws MojoFailureException {
    for (Path output : outputs) {
      NetworkFile other = makerOf.putIfAbsent(output, network);
      if (other != null) {
        throw new MojoFailureException(
            network.path()
                + ": makes the same class as "
                + other.relative()
                + "; give the networks different names, or put them into different folders");
      }
    }
  }

  /** Deletes what was made of networks that are no longer there. */
  private void forgetAllBut(Set<Path> current) throws IOException {
    if (!Files.isDirectory(records)) {
      return;
    }
    List<Path> old = new ArrayList<>();
    try (Stream<Path> files = Files.walk(records)) {
      files.filter(file -> file.toString().endsWith(RECORD)).forEach(old::add);
    }
    old.removeAll(current);
    for (Path record : old) {
      folders.deleteStale(BuildRecord.read(record, base), List.of());
      Files.delete(record);
    }
  }
}
