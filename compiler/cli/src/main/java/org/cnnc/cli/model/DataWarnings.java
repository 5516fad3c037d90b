package org.cnnc.cli.model;

import java.util.Optional;
import org.cnnc.cli.console.Console;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.check.DataCheck;
import org.cnnc.compiler.graph.check.RunSetting;
import org.cnnc.training.data.Dataset;

/** What looks wrong about data and settings for a network, said before the work begins. */
public final class DataWarnings {
  private DataWarnings() {}

  /**
   * Warns of data to train with, and of settings that look wrong for them.
   *
   * @param network with the batch that is taken
   * @param batch if it is not the text's
   * @param rate if it is not the text's
   */
  public static void beforeTraining(
      NetworkGraph network,
      Optional<RunSetting<Integer>> batch,
      Optional<RunSetting<Float>> rate,
      Dataset images,
      Console console) {
    Model.warn(
        DataCheck.beforeTraining(network, batch, rate, images.classesFound(), images.size()),
        console);
  }

  /** Warns of data to judge by. */
  public static void beforeJudging(NetworkGraph network, Dataset images, Console console) {
    Model.warn(DataCheck.classes(network, images.classesFound()).stream().toList(), console);
  }
}
