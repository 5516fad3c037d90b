package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.cnnc.runtime.Safetensors;
import org.cnnc.training.WeightsDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole trainings, from files to weights: reading, first parameters, the order of the images, the
 * part to be judged by, steps, the choice of the best. What they end with is recorded, so that it
 * is what every other Java and machine that runs this test gets, too.
 */
final class RecordedTrainingTest {
  private static final String OF_PICTURES =
      "b73c9ae168229ecad6224da1e30922c98904e54d4c3d5577fd8cdae7b919b424";
  private static final String OF_TENSORS =
      "67f405d6f1f5542b6625ad50fa963333fd7beef1ceed0be638d08d9b5fa42eac";

  @TempDir private Path folder;

  private String trained(Path data, String name, Object... options) throws Exception {
    Path model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
    Path out = folder.resolve(name + ".safetensors");
    Cnnc.Result result = Cnnc.train(model, data, out, options);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return WeightsDigest.of(Safetensors.read(out).tensors());
  }

  @Test
  void picturesGiveTheRecordedWeights() throws Exception {
    Path data = TinyFiles.pictures(folder.resolve("data"), 25);
    assertThat(trained(data, "one", "--validation", "0.2", "--threads", "1"))
        .isEqualTo(OF_PICTURES);
    assertThat(trained(data, "three", "--validation", "0.2", "--threads", "3", "--data-in", "disk"))
        .isEqualTo(OF_PICTURES);
  }

  @Test
  void tensorsGiveTheRecordedWeights() throws Exception {
    Path data = TinyFiles.tensors(folder.resolve("data.safetensors"), 45);
    String[] options = {"--epochs", "5", "--batch", "7", "--rate", "0.05", "--seed", "11"};
    assertThat(trained(data, "tensors", (Object[]) options)).isEqualTo(OF_TENSORS);
  }
}
