package org.cnnc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.run.RandomNetwork;
import org.cnnc.compiler.run.Texts;
import org.cnnc.compiler.train.KeptGradients;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random networks in double precision: the loss is that of the plain definitions to 1e-11, and its
 * derivatives are central differences. {@code -Dcnnc.fuzz.networks} and {@code -Dcnnc.fuzz.seed}
 * run more and others.
 */
final class RandomNetworksOracleTest {
  private static final int SAMPLE = 3;

  static LongStream seeds() {
    long first = Long.getLong("cnnc.fuzz.seed", 0);
    return LongStream.range(first, first + Long.getLong("cnnc.fuzz.networks", 40));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void lossAndDerivativesAreThoseOfTheDefinitions(long seed) {
    String text = RandomNetwork.text(seed);
    CompilerOptions options =
        CompilerOptions.DEFAULT
            .withPrograms(ProgramKind.TRAINING)
            .withKeptGradients(KeptGradients.PARAMETERS_AND_IMAGE);
    CompilationResult result = Texts.compile("random.net", text, options);
    DoubleStep step = new DoubleStep(result.program(ProgramKind.TRAINING));
    Random random = new Random(seed);
    step.initialise(random, Texts.classes(result));
    step.setImages(random.doubles(step.pixelCount(), -2, 2).toArray());

    double expected = new ReferenceNetwork(result.network().orElseThrow(), step).loss();
    assertThat(step.loss()).as(text).isCloseTo(expected, within(1e-11 * Math.max(1, expected)));
    CentralDifferences.check(step, step.pixels(), SAMPLE, random);
    CentralDifferences.check(step, step.parameters(), SAMPLE, random);
  }
}
