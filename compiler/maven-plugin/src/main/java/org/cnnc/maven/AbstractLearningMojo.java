package org.cnnc.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.cnnc.training.data.ImageStore;
import org.cnnc.training.data.ValidationChoice;

/** What the goals share that train a network, or judge what it has learnt. */
abstract class AbstractLearningMojo extends AbstractNetworkMojo {
  /**
   * The network that is trained, or whose accuracy is measured; without it, the only one of the
   * source folder. Example: <code>${project.basedir}/src/main/cnnc/org/example/Digits.net</code>.
   */
  @Parameter(property = "cnnc.network")
  File network;

  /**
   * Whether broken pictures are left out, if they are not more than the others; they are counted,
   * and some named. Otherwise they fail the build. Example: {@code true}.
   */
  @Parameter(property = "cnnc.skipBad", defaultValue = "false")
  boolean skipBad;

  /**
   * Where images are kept while the goal runs, fitted to the network: {@code memory}, {@code disk},
   * or {@code auto}, in memory as long as half of it is left to others. Changes no result. Example:
   * {@code disk}.
   */
  @Parameter(property = "cnnc.dataIn", defaultValue = "auto")
  String dataIn;

  /**
   * Folder for the file that images are kept in on disk, which goes with the goal, however that
   * ends; without it, Java's folder for temporary files. Example: <code>
   * ${project.build.directory}</code>.
   */
  @Parameter(property = "cnnc.dataFolder")
  File dataFolder;

  /** Threads; 0 for as many as there are processors. Changes no result. Example: {@code 1}. */
  @Parameter(property = "cnnc.threads", defaultValue = "0")
  int threads;

  /**
   * What the parameters {@code data} and {@code validation} say. A path starts from the project's
   * folder, as those of files do; Maven runs elsewhere when it builds several modules.
   */
  final LabelledImages images(File data, String validation) throws MojoFailureException {
    try {
      Optional<ValidationChoice> choice =
          Optional.ofNullable(validation)
              .map(text -> new ValidationChoice(text).from(baseFolder()));
      return new LabelledImages(getLog(), store(), data.toPath(), choice, skipBad);
    } catch (InvalidPathException e) {
      throw new MojoFailureException("parameter validation: " + e.getMessage());
    }
  }

  private ImageStore store() throws MojoFailureException {
    Path folder = dataFolder == null ? ImageStore.temporaryFolder() : dataFolder.toPath();
    return new ImageStore(LabelledImages.place(dataIn), folder, getLog()::info);
  }

  /** Where epochs of a network are kept from its training to its report. */
  final Path epochs(NetworkFile file) {
    return RecordedEpochs.file(Path.of(project.getBuild().getDirectory()), file);
  }

  /** The network that the parameter names, or the only one there is. */
  final NetworkFile chosenNetwork() throws IOException, MojoFailureException {
    return NetworkChoice.of(networkFolder(), Optional.ofNullable(network));
  }
}
