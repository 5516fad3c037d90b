package org.cnnc.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.cnnc.training.data.ValidationChoice;

/** What the goals share that train a network, or judge what it has learnt. */
abstract class AbstractLearningMojo extends AbstractNetworkMojo {
  /**
   * The network that is trained, or whose accuracy is measured; without it, the only one of the
   * source folder. Example: <code>${project.basedir}/src/main/cnnc/org/example/Digits.net</code>.
   */
  @Parameter(property = "cnnc.network")
  File network;

  /** Images in a training step; without it, what the network says. Example: {@code 32}. */
  @Parameter(property = "cnnc.batch")
  Integer batch;

  /** Threads; 0 for as many as there are processors. Changes no result. Example: {@code 1}. */
  @Parameter(property = "cnnc.threads", defaultValue = "0")
  int threads;

  /**
   * What a parameter {@code validation} says. A path starts from the project's folder, as those of
   * files do; Maven runs elsewhere when it builds several modules.
   */
  final Optional<ValidationChoice> validationChoice(String text) throws MojoFailureException {
    try {
      return Optional.ofNullable(text)
          .map(choice -> new ValidationChoice(choice).from(baseFolder()));
    } catch (InvalidPathException e) {
      throw new MojoFailureException("parameter validation: " + e.getMessage());
    }
  }

  /** The network that the parameter names, or the only one there is. */
  final NetworkFile chosenNetwork() throws IOException, MojoFailureException {
    return NetworkChoice.of(networkFolder(), Optional.ofNullable(network));
  }
}
