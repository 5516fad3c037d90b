package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.Failures;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.training.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailuresTest {
  @TempDir private Path folder;

  @Test
  void aBugSaysSoAndLeavesAReport() throws IOException {
    StringWriter err = new StringWriter();
    Failures failures =
        new Failures(new Console(new StringWriter(), err, false), List.of("summary", "x.net"));
    int exitCode = failures.thrown(new InternalCompilerError("kernel 3 reads out of bounds"));
    assertThat(exitCode).isEqualTo(70);
    String[] lines = err.toString().split("\n", -1);
    assertThat(lines[0])
        .startsWith("error: this is a bug in cnnc: ")
        .endsWith("kernel 3 reads out of bounds");
    Path report = Path.of(lines[1].substring(lines[1].lastIndexOf(": ") + 2));
    assertThat(Files.readString(report))
        .startsWith("cnnc 0.1.0\narguments: [summary, x.net]\njava: ")
        .contains("InternalCompilerError: kernel 3 reads out of bounds\n\tat ");
    Files.delete(report);
  }

  /** It comes from the thread that reads ahead, or from one of those that judge. */
  @Test
  void aDiskThatFailsUnderWorkIsNoBug() {
    StringWriter err = new StringWriter();
    Failures failures =
        new Failures(new Console(new StringWriter(), err, false), List.of("train", "x.net"));
    DataException problem =
        new DataException(
            Path.of("files"), "cannot be read", new IOException("Input/output error"));
    int exitCode =
        failures.thrown(new IllegalStateException("reading", new UncheckedIOException(problem)));
    assertThat(exitCode).isEqualTo(1);
    assertThat(err).hasToString("error: files: cannot be read\n");
  }

  /** Other memory than that of a program, which is known before. */
  @Test
  void memoryThatIsUsedUpIsNoBug() {
    Throwable failure = new IllegalStateException(new OutOfMemoryError("Java heap space"));
    String more = "JAVA_TOOL_OPTIONS=-Xmx8g allows more\n";
    assertThat(saidOf(failure, "train", "x.net", "--data", "d", "--out", "w"))
        .isEqualTo(
            "error: not enough memory (Java heap space); a smaller --batch needs less, " + more);
    assertThat(saidOf(failure, "verify", "w"))
        .isEqualTo("error: not enough memory (Java heap space); " + more);
  }

  private static String saidOf(Throwable failure, String... arguments) {
    StringWriter err = new StringWriter();
    Console console = new Console(new StringWriter(), err, false);
    Failures failures = new Failures(console, List.of(arguments));
    assertThat(failures.thrown(failure, Main.commandLine(console).parseArgs(arguments)))
        .isEqualTo(1);
    return err.toString();
  }

  @Test
  void aReaderThatHasGoneEndsTheCommandQuietly() throws IOException {
    StringWriter err = new StringWriter();
    assertThat(summary(new FailingWriter("Broken pipe"), err)).isEqualTo(141);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void outputThatCannotBeWrittenIsAnError() throws IOException {
    StringWriter err = new StringWriter();
    assertThat(summary(new FailingWriter("No space left on device"), err)).isEqualTo(1);
    assertThat(err).hasToString("error: standard output: No space left on device\n");
  }

  private int summary(Writer out, Writer err) throws IOException {
    Path model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
    return Main.run(new Console(out, err, false), "summary", model.toString());
  }

  private static final class FailingWriter extends Writer {
    private final String message;

    FailingWriter(String message) {
      this.message = message;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      throw new IOException(message);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
