package org.cnnc.compiler.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.CompilerOptions.Emit;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.TargetChoice;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.emit.MemoryCompiler;
import org.cnnc.compiler.emit.MemoryLoader;
import org.cnnc.compiler.run.Corpus;
import org.cnnc.compiler.run.Texts;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.StoredTensors;

/**
 * What a user has: the generated classes of a network in the package {@code org.example}, and a
 * class of the user's own, which uses them as the README shows. All is compiled together, every
 * warning an error.
 */
final class CompiledApp {
  private static final String PACKAGE = "org.example";

  private final Map<String, byte[]> classes;
  private final MemoryLoader loader;

  private CompiledApp(Map<String, byte[]> classes) {
    this.classes = classes;
    this.loader = new MemoryLoader(classes);
  }

  /**
   * Compiles an app around a network.
   *
   * @param network in the corpus
   * @param userClass source of the user's class {@code App}, without package and imports
   */
  static CompiledApp of(String network, String userClass) throws IOException {
    return ofText(network, Corpus.read(network), userClass);
  }

  /** The same with the classes of other targets. */
  static CompiledApp of(String network, String userClass, TargetChoice targets) throws IOException {
    return of(network, Corpus.read(network), userClass, targets);
  }

  /** The same with what computes as bytecode, as the Maven plugin makes it. */
  static CompiledApp inBytecode(String name, String text, String userClass, TargetChoice targets)
      throws IOException {
    CompiledApp app = of(name, text, userClass, targets);
    Map<String, byte[]> classes = new HashMap<>(app.classes);
    CompilerOptions options = options(targets).withEmit(Emit.BYTECODE).withFacade(false);
    for (GeneratedFile file : Texts.compile(fileName(name), text, options).files()) {
      String type = file.path().replaceFirst("\\.class$", "").replace('/', '.');
      if (classes.put(type, file.content()) == null) {
        throw new AssertionError("no class of the source is named " + type);
      }
    }
    return new CompiledApp(classes);
  }

  /** An app around the text of a network. */
  static CompiledApp ofText(String name, String text, String userClass) throws IOException {
    return of(name, text, userClass, TargetChoice.PLAIN);
  }

  private static CompiledApp of(String name, String text, String userClass, TargetChoice targets)
      throws IOException {
    CompilationResult result = Texts.compile(fileName(name), text, options(targets));
    List<GeneratedFile> files = new ArrayList<>(result.files());
    files.add(userFile(userClass));
    return new CompiledApp(MemoryCompiler.compile(files));
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static CompilerOptions options(TargetChoice targets) {
    return targets
        .in(CompilerOptions.DEFAULT)
        .withPackageName(PACKAGE)
        .withPrograms(ProgramKind.PREDICTION, ProgramKind.TRAINING)
        .withEmit(Emit.SOURCE)
        .withFacade(true);
  }

  private static GeneratedFile userFile(String userClass) {
    String source =
        """
        package org.example;
        import java.util.*;
        import java.util.function.*;
        import org.cnnc.runtime.*;
        import org.cnnc.training.*;
        """
            + userClass;
    return new GeneratedFile("org/example/App.java", source.getBytes(StandardCharsets.US_ASCII));
  }

  /** Writes the class files into a folder. */
  void writeClasses(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> type : classes.entrySet()) {
      write(folder, type.getKey() + ".class", type.getValue());
    }
  }

  /** Writes random weights to where the class files of their network go. */
  void writeWeights(Path folder, String network) throws IOException {
    String weights = PACKAGE + "." + network + ".safetensors";
    write(folder, weights, randomWeights(network, 1).toBytes());
  }

  /** Writes a file whose name has dots between folders. */
  private static void write(Path folder, String name, byte[] content) throws IOException {
    int ending = name.lastIndexOf('.');
    Path file =
        folder.resolve(name.substring(0, ending).replace('.', '/') + name.substring(ending));
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  /** Random weights of the network, as a file has them. */
  Safetensors randomWeights(String network, long seed) {
    String name = PACKAGE + "." + network + "Prediction";
    Program program = loader.program(classes.containsKey(name) ? name : name + "Vector");
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.initialise(program, info, seed);
    return new Safetensors(
        "random",
        Map.of(Parameters.HASH_KEY, info.hash()),
        new StoredTensors(program, info).parameters());
  }

  /** A class of the app. */
  Class<?> type(String name) {
    try {
      return loader.loadClass(PACKAGE + "." + name);
    } catch (ClassNotFoundException e) {
      throw new LinkageError(name, e);
    }
  }

  /** The user's class, which is a function. */
  @SuppressWarnings("unchecked") // the test that wrote it knows its types
  <T, R> Function<T, R> user() {
    return (Function<T, R>) instance(loader);
  }

  /** The user's class as another loader has it. */
  static Object instance(ClassLoader loader) {
    try {
      return loader.loadClass(PACKAGE + ".App").getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("App", e);
    }
  }
}
