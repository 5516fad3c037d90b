package org.cnnc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ExitCode;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.model.InMemoryPrograms;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.option.JsonOption;
import org.cnnc.cli.survey.ContactSheet;
import org.cnnc.cli.survey.DataSurvey;
import org.cnnc.cli.survey.SurveyJson;
import org.cnnc.cli.survey.SurveyText;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.runtime.AtomicFiles;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.training.data.DataReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cnnc data}: describes a data set. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    header = "Describes labelled images.",
    description =
        "Describes labelled images: how many each class has, how large they are, in which formats, "
            + "which files are broken, and which images are there twice, pixel by pixel, in "
            + "different classes or to train and to test with above all. With a model, the data "
            + "have to have its classes. The exit code is 1 if a file is broken.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = "  cnnc data pictures.zip shapes.net --sheet pictures.png")
final class DataCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "D",
      description = "Labelled images, as cnnc train takes them.")
  private Path data;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "model.net",
      description = "The text of a network that the data are for.")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--sheet",
      paramLabel = "FILE.png",
      description =
          "Picture to write: a row for each class with its first images, as the model sees them "
              + "if there is one. A file that is there is refused without --force.")
  private Optional<Path> sheet = Optional.empty();

  @Option(names = "--force", description = "Replace an older sheet.")
  private boolean force;

  @Mixin private JsonOption json;

  DataCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, SourceException, ModelException, UserException {
    checkSheet();
    Optional<ProgramInfo> network = network();
    Optional<ContactSheet> page = sheet.map(file -> sheet(network));
    DataSurvey survey = new DataSurvey(page);
    DataReader.visit(data, network, survey);
    if (json.isWanted()) {
      SurveyJson.of(survey).forEach(line -> console.line(line.toString()));
    } else {
      console.print(SurveyText.of(survey));
    }
    if (page.isPresent()) {
      AtomicFiles.write(sheet.orElseThrow(), page.get().png());
      console.message("sheet: " + sheet.get());
    }
    return survey.hasBroken() ? ExitCode.WRONG_INPUT : ExitCode.DONE;
  }

  /** Before any work. */
  private void checkSheet() throws UserException {
    if (sheet.isEmpty()) {
      return;
    }
    Path file = sheet.get();
    if (Files.isDirectory(file)) {
      throw new UserException(file + ": is a folder, expected a file to write");
    }
    if (Files.exists(file) && !force) {
      throw new UserException(file + ": exists; --force replaces it");
    }
    if (!Files.isDirectory(file.toAbsolutePath().getParent())) {
      throw new UserException(file + ": there is no such folder to write it to");
    }
  }

  private Optional<ProgramInfo> network() throws SourceException, ModelException {
    if (model.isEmpty()) {
      return Optional.empty();
    }
    Model read = Model.read(model.get(), console);
    return Optional.of(
        InMemoryPrograms.info(
            read.programs(CompilerOptions.DEFAULT, ProgramKind.PREDICTION)
                .create(ProgramKind.PREDICTION)));
  }

  /** Of networks that take no pictures, images are shown as people see them. */
  private static ContactSheet sheet(Optional<ProgramInfo> network) {
    return network
        .map(ProgramInfo::input)
        .filter(input -> input.channels() == 1 || input.channels() == 3)
        .map(ContactSheet::forNetwork)
        .orElseGet(ContactSheet::forPeople);
  }
}
