package org.cnnc.compiler.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Mutilated texts: diagnostics, never an exception, and no more memory than the text justifies.
 * What a campaign finds is kept in {@code corpus/hostile}.
 */
class HostileTextTest {
  @TestFactory
  Stream<DynamicTest> whatWasFoundOnceStaysMended() throws IOException {
    return HostileTexts.kept().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(), () -> FrontEnd.read(Files.readString(file))));
  }

  @Test
  void mutilatedTextsGiveDiagnostics() throws InterruptedException {
    new Campaign<>(".net texts", 5_000, 10_000_000, HostileTextTest::texts).run(0.005, 0.5);
  }

  private static HostileTexts texts() {
    try {
      return new HostileTexts();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
