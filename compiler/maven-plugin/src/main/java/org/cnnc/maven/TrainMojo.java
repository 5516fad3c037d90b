package org.cnnc.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.report.EpochFigures;
import org.cnnc.training.TrainingResult;

/**
 * Trains a network in the build, as {@code cnnc train} does, and makes its weights a resource that
 * the class {@code Digits} finds with {@code Digits.load()}.
 *
 * <p>While network, data (their content) and settings are unchanged, nothing is trained. The same
 * inputs give the same bits, on every machine; a build that was stopped goes on where it was. Where
 * Maven runs with {@code --add-modules jdk.incubator.vector} (MAVEN_OPTS, or .mvn/jvm.config), long
 * training goes over to vectors, to the same bits.
 *
 * <p>{@code mvn clean} forgets the weights: for training that takes more than a coffee, keep this
 * goal in a profile, and its {@code weightsDirectory} among the sources.
 */
@Mojo(name = "train", defaultPhase = LifecyclePhase.GENERATE_RESOURCES, threadSafe = true)
public final class TrainMojo extends AbstractLearningMojo {
  /**
   * Labelled images to learn from: class folders of pictures, IDX files, or safetensors, as {@code
   * cnnc train --data} takes them. Example: <code>${project.basedir}/src/pictures</code>.
   */
  @Parameter(property = "cnnc.data", required = true)
  File data;

  /**
   * Images to judge by, which are not learnt: {@code 0.2}, a part chosen by the seed; {@code
   * last:2000}; or a path to other data. Without it the last weights are taken, not the best.
   * Example: {@code 0.2}.
   */
  @Parameter(property = "cnnc.validation")
  String validation;

  /** Passes over the data; without it, what the network says. Example: {@code 10}. */
  @Parameter(property = "cnnc.epochs")
  Integer epochs;

  /** Images in a training step; without it, what the network says. Example: {@code 32}. */
  @Parameter(property = "cnnc.batch")
  Integer batch;

  /** Learning rate; without it, what the network says. Example: {@code 0.01}. */
  @Parameter(property = "cnnc.rate")
  Float rate;

  /** Seed of all random numbers; without it, what the network says. Example: {@code 7}. */
  @Parameter(property = "cnnc.seed")
  Long seed;

  /**
   * Epochs without a better validation result after which the training is complete; without it, it
   * goes on to its last epoch. Example: {@code 5}.
   */
  @Parameter(property = "cnnc.patience")
  Integer patience;

  /**
   * Minutes after which a build stops training and goes on with the best weights so far; the next
   * one goes on training, to the same bits in the end. Any number by default. Example: {@code 30}.
   */
  @Parameter(property = "cnnc.minutes")
  Double minutes;

  /**
   * Folder for the weights; it becomes a resource folder, unless it is one already. Example: <code>
   * ${project.basedir}/src/main/resources</code>.
   */
  @Parameter(
      property = "cnnc.weightsDirectory",
      defaultValue = "${project.build.directory}/generated-resources/cnnc-weights",
      required = true)
  File weightsDirectory;

  @Override
  void run() throws IOException, SourceException, MojoFailureException {
    registerWeights();
    NetworkFile file = chosenNetwork();
    NetworkGraph graph = NetworkChoice.read(file, getLog());
    Path weights = file.weights(weightsDirectory.toPath(), graph);
    Path recordFile = recordFolder().resolve(file.relativeWithEnding(".weights.record"));
    TrainingChoices choices = choices();
    String inputs = inputs(graph, choices);
    if (BuildRecord.read(recordFile, baseFolder()).isCurrent(inputs, weights)) {
      getLog().info("Nothing to train - network, data and settings are unchanged");
      return;
    }
    Path checkpoint = recordFolder().resolve(inputs + ".checkpoint.safetensors");
    CompilerOptions options = tuned(choices.options(), file, graph);
    TrainingResult result =
        new NetworkTraining(getLog(), graph, options, choices).train(checkpoint);
    Files.createDirectories(weights.getParent());
    result.weights().write(weights);
    keepEpochs(file, inputs, weights, EpochFigures.of(result));
    getLog().info("Weights: " + weights);
    if (result.stopped()) {
      getLog().warn("The time is up (parameter minutes); the next build goes on training");
      return;
    }
    BuildRecord.of(inputs, List.of(weights)).write(recordFile, baseFolder());
    Files.deleteIfExists(checkpoint); // only now: a build may be stopped at any time
  }

  private void keepEpochs(NetworkFile file, String inputs, Path weights, List<EpochFigures> figures)
      throws IOException {
    Path kept = epochs(file);
    List<EpochFigures> all = RecordedEpochs.read(kept).before(inputs, figures);
    new RecordedEpochs(inputs, Fingerprint.of(weights), all).write(kept);
  }

  private TrainingChoices choices() throws MojoFailureException {
    LabelledImages images = images(data, validation);
    LongRunChoices ends =
        new LongRunChoices(Optional.ofNullable(patience), Optional.ofNullable(minutes));
    return new TrainingChoices(
        images,
        Optional.ofNullable(epochs),
        Optional.ofNullable(batch),
        Optional.ofNullable(rate),
        Optional.ofNullable(seed),
        threads,
        ends.plan(images.validation().isPresent()));
  }

  private static String inputs(NetworkGraph graph, TrainingChoices choices) throws IOException {
    Fingerprint fingerprint =
        new Fingerprint()
            .with("compiler", CompilerIdentity.text())
            .with("text", graph.source().text());
    return choices.addTo(fingerprint).value();
  }

  private void registerWeights() {
    boolean known =
        project.getResources().stream()
            .anyMatch(resource -> new File(resource.getDirectory()).equals(weightsDirectory));
    if (known) {
      return;
    }
    addResources(weightsDirectory, "**/*.safetensors");
  }
}
