package org.cnnc.compiler.run;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that broke a version of the compiler once; most were found by random networks. */
final class RegressionsTest {
  @ParameterizedTest
  @ValueSource(strings = {"only_padding_seen"})
  void backendsAgree(String network) throws IOException {
    Agreement.check(Corpus.read("regressions/" + network + ".net"), true);
  }
}
