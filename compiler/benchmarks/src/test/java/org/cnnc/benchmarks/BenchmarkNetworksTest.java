package org.cnnc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.model.Model;
import org.cnnc.compiler.graph.NetworkSummary;
import org.cnnc.grammar.source.SourceException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The benchmark networks are those that the peers are measured on. */
class BenchmarkNetworksTest {
  /** Counted by PyTorch, in the networks that the peers' script builds. */
  @ParameterizedTest
  @CsvSource({"lenet28, 54314", "lecture32, 136419", "vgg32, 814122"})
  void theyHaveAsManyParametersAsThosePyTorchTrains(String name, int parameters)
      throws URISyntaxException, SourceException, ModelException {
    Path file = Path.of(Main.class.getResource("/networks/" + name + ".net").toURI());
    assertThat(NetworkSummary.of(Model.read(file).network()).parameters()).isEqualTo(parameters);
  }
}
