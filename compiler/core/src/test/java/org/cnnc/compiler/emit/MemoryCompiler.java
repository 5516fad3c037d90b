package org.cnnc.compiler.emit;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.cnnc.runtime.Program;
import org.cnnc.training.TrainingSteps;

/** Compiles generated source in memory, with every warning an error. */
public final class MemoryCompiler {
  private MemoryCompiler() {}

  /**
   * Compiles files together.
   *
   * @return class files by qualified name
   * @throws AssertionError with the messages when javac has anything to say
   */
  public static Map<String, byte[]> compile(List<GeneratedFile> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
    Map<String, byte[]> classes = new TreeMap<>();
    try (StandardJavaFileManager standard =
        compiler.getStandardFileManager(messages, Locale.ROOT, StandardCharsets.US_ASCII)) {
      List<Source> units = sources.stream().map(Source::new).toList();
      boolean done =
          compiler
              .getTask(null, new Output(standard, classes), messages, options(), null, units)
              .call();
      List<String> complaints =
          messages.getDiagnostics().stream()
              .filter(message -> !isAboutIncubator(message))
              .map(message -> message.toString())
              .toList();
      if (!done || !complaints.isEmpty()) {
        throw new AssertionError(String.join("\n", complaints) + "\n" + text(sources));
      }
    }
    return classes;
  }

  private static List<String> options() {
    return List.of(
        "-Xlint:all,-processing",
        "-proc:none",
        "--add-modules",
        "jdk.incubator.vector",
        "-classpath",
        locationOf(Program.class) + File.pathSeparator + locationOf(TrainingSteps.class));
  }

  private static Path locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isAboutIncubator(Diagnostic<?> message) {
    return message.getCode().equals("compiler.warn.incubating.modules");
  }

  private static String text(List<GeneratedFile> sources) {
    List<String> texts = new ArrayList<>();
    for (GeneratedFile source : sources) {
      texts.add(new String(source.content(), StandardCharsets.UTF_8));
    }
    return String.join("\n", texts);
  }

  /** A source file in memory. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(GeneratedFile file) {
      super(URI.create("memory:///" + file.path()), Kind.SOURCE);
      this.text = new String(file.content(), StandardCharsets.US_ASCII);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps class files in a map. */
  private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, byte[]> classes;

    Output(JavaFileManager standard, Map<String, byte[]> classes) {
      super(standard);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      URI uri = URI.create("memory:///" + name.replace('.', '/') + ".class");
      return new SimpleJavaFileObject(uri, kind) {
        @Override
        public OutputStream openOutputStream() {
          return new ByteArrayOutputStream() {
            @Override
            public void close() {
              classes.put(name, toByteArray());
            }
          };
        }
      };
    }
  }
}
