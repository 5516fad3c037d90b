package org.cnnc.compiler.graph;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class GraphPrinterTest {
  /** The graph of every valid text is as its sibling file says, and holds what graphs hold. */
  @TestFactory
  Stream<DynamicTest> validTextsGiveTheGraphsOfTheCorpus() {
    return Corpus.tests(
        "graph",
        "graph",
        file -> {
          Models.Checked checked = Models.check(file.getFileName().toString(), Corpus.read(file));
          NetworkGraph graph =
              checked.graph().orElseThrow(() -> new AssertionError(checked.rendered()));
          GraphVerifier.verify(graph);
          return GraphPrinter.print(graph) + checked.rendered();
        });
  }
}
