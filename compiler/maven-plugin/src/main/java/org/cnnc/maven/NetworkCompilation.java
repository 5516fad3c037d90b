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
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.TuningFile;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.grammar.source.SourceFile;

/** Compiles a folder of networks: those that changed, and forgets those that are gone. */
final class NetworkCompilation {
  private static final String RECORD = ".record";

  private final Log log;
  private final Path base;
  private final Path records;
  private final OutputFolders folders;
  private final CompileSettings settings;
  private final ShippedWeights weights;
  private final Map<Path, NetworkFile> makerOf = new HashMap<>();
  private int errors;

  /**
   * A compilation.
   *
   * @param base the project's folder
   * @param records folder of what this compilation remembers from build to build
   */
  NetworkCompilation(
      Log log,
      Path base,
      Path records,
      OutputFolders folders,
      CompileSettings settings,
      ShippedWeights weights) {
    this.log = log;
    this.base = base;
    this.records = records;
    this.folders = folders;
    this.settings = settings;
    this.weights = weights;
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
      log.info("Nothing to compile - all networks are up to date");
    }
  }

  /**
   * A network that was read.
   *
   * @param network absent when there are errors
   * @param weights what those that ship say of themselves
   */
  private record Read(
      NetworkFile file,
      SourceFile source,
      DiagnosticLog diagnostics,
      Optional<NetworkGraph> network,
      Map<String, String> weights) {}

  private Read read(NetworkFile file) throws IOException, SourceException {
    SourceFile source = SourceFile.read(file.path());
    DiagnosticLog diagnostics = new DiagnosticLog();
    Optional<NetworkGraph> network = Compiler.check(source, diagnostics);
    Map<String, String> metadata =
        network.isPresent() ? weights.metadata(file, network.get()) : Map.of();
    return new Read(file, source, diagnostics, network, metadata);
  }

  /** Compiles a network unless its record is current; returns whether it did. */
  private boolean compile(NetworkFile file, Path recordFile)
      throws IOException, SourceException, MojoFailureException {
    Read read = read(file);
    String inputs = inputs(read);
    BuildRecord record = BuildRecord.read(recordFile, base);
    if (record.isCurrent(inputs)) {
      expectOwn(file, record.outputs().keySet());
      return false;
    }
    Optional<CompilationResult> result = compile(read);
    if (result.isEmpty()) {
      return false;
    }
    expectOwn(file, folders.places(result.get().files()));
    List<Path> written = folders.write(result.get().files());
    folders.deleteStale(record, written);
    folders.takeFromJavac(record, written);
    BuildRecord.of(inputs, written).write(recordFile, base);
    log.info("Compiled " + file.relative() + " to " + names(written));
    new CompilationFacts(result.get(), settings.emit()).lines().forEach(log::info);
    return true;
  }

  private static String names(List<Path> files) {
    return files.stream()
        .map(file -> String.valueOf(file.getFileName()))
        .collect(Collectors.joining(", "));
  }

  /** Of the weights only what they say of themselves: their values change no class. */
  private String inputs(Read read) throws IOException {
    NetworkFile file = read.file();
    Fingerprint inputs = new Fingerprint();
    if (settings.tune()) {
      inputs.withContent("tiles", TuningFile.beside(file.path()));
    }
    return inputs
        .with("compiler", CompilerIdentity.text())
        .with("file", file.relative())
        .with("package", file.packageName())
        .with("settings", settings)
        .with("weights", new TreeMap<>(read.weights()))
        .with("text", read.source().text())
        .value();
  }

  private Optional<CompilationResult> compile(Read read) throws IOException, MojoFailureException {
    errors += new DiagnosticLogger(log).log(read.diagnostics().sorted());
    if (read.network().isEmpty()) {
      return Optional.empty();
    }
    NetworkGraph network = read.network().get();
    CompilerOptions options =
        settings.options(read.file(), network).withWeightsMetadata(read.weights());
    CompilationResult result =
        Compiler.compile(
            network,
            settings.tune() ? options.withKernels(read.file().tiles(network, log)) : options);
    if (result.hasErrors()) {
      errors += new DiagnosticLogger(log).log(result.diagnostics());
      return Optional.empty();
    }
    return Optional.of(result);
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
