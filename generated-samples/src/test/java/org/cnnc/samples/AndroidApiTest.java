package org.cnnc.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.codehaus.mojo.animal_sniffer.logging.PrintWriterLogger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an app for Android refers to is there in Android 13, where README says that it runs. The
 * dexer would not tell: a method that is missing is an error when it is called.
 */
class AndroidApiTest {
  private static final Path SIGNATURES = Path.of("target/android/gummy-bears-api-33.signature");
  private static final Pattern MISSING =
      Pattern.compile("([^/:]+)\\.class:\\d+: Undefined reference: (.*)");

  /** The dexer makes ordinary classes of records. */
  private static final String RECORD = "void Record.<init>()";

  /** Chooses the Vector API, and is loaded only where there are classes for it. */
  private static final String ON_OTHER_SYSTEMS = "VectorSupport";

  @TempDir private static Path folder;

  private static List<Path> app;

  @BeforeAll
  static void compile() throws Exception {
    app = AndroidApp.compiledIn(folder);
  }

  @Test
  void android13HasAllThatAnAppRefersTo() throws Exception {
    assertThat(app).hasSizeGreaterThan(3);
    List<MatchResult> missing = missing(app);
    assertThat(missing)
        .filteredOn(found -> !found.group(2).equals(RECORD))
        .filteredOn(found -> !found.group(1).equals(ON_OTHER_SYSTEMS))
        .extracting(MatchResult::group)
        .isEmpty();
    assertThat(missing)
        .as("what is missing is found: there are no modules")
        .extracting(found -> found.group(1) + " " + found.group(2))
        .contains("VectorSupport ModuleLayer ModuleLayer.boot()");
  }

  /** The classes that choose forms are not among those of an app without vectors. */
  @Test
  void anAppWithoutVectorsDoesNotNameWhatAndroidLacks() throws Exception {
    for (Path file : app) {
      if (file.toString().endsWith(".class")) {
        assertThat(JavaTools.disassembled(file))
            .as(file.toString())
            .doesNotContain("VectorSupport");
      }
    }
  }

  private static List<MatchResult> missing(List<Path> files) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (InputStream signatures = Files.newInputStream(SIGNATURES);
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      SignatureChecker checker =
          new SignatureChecker(
              signatures, Set.of("org.cnnc.*", "org.example.*"), new PrintWriterLogger(out));
      checker.setSourcePath(List.of());
      checker.setCheckJars(true);
      for (Path file : files) {
        checker.process(file.toFile());
      }
    }
    return MISSING.matcher(said.toString(StandardCharsets.UTF_8)).results().toList();
  }
}
