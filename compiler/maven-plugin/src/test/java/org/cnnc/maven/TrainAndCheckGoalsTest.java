package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.maven.TestProject.NETWORK;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.cnnc.compiler.CompilationRequest;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.maven.TestProject.Build;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.training.ProgramClasses;
import org.cnnc.training.Trainer;
import org.cnnc.training.TrainerSettings;
import org.cnnc.training.TrainingListener;
import org.cnnc.training.TrainingTask;
import org.cnnc.training.data.DataReader;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.Split;
import org.junit.jupiter.api.Test;

/** Builds with {@code cnnc:train} and {@code cnnc:check}, as users run them. */
class TrainAndCheckGoalsTest {
  private static final String SHIPPED = "target/classes/org/example/Stripes.safetensors";
  private static final String WEIGHTS = "org/example/Stripes.safetensors";
  private static final int EACH = 40;
  private static final int FEW_EPOCHS = 5;

  @Test
  void trainsOnceAndHoldsTheResultAgainstItsBudget() throws Exception {
    TestProject project = TestProject.copyOf("train", "train");
    Stripes.draw(project.file("pictures"), EACH);

    Build first = project.maven("process-classes", "cnnc:check@default");
    first.expectSuccess();
    assertThat(first.log())
        .contains("Training Stripes on 60 images of ")
        .containsPattern("epoch 3/3  loss 0\\.[0-9]+ .*  validation loss ")
        .containsPattern("Trained Stripes on 60 images in [0-9]+\\.[0-9] seconds\n")
        .containsPattern("Best of 3 epochs: [1-3], accuracy 1\\.0000 on 20 validation images\n")
        .contains("Weights: " + project.file("target/generated-resources/cnnc-weights") + "/")
        .containsPattern("Stripes.net: training arena [0-9,]+ bytes of at most 1,048,576\n")
        .containsPattern("Stripes.net: prediction arena [0-9,]+ bytes of at most 20,480\n")
        .containsPattern("Stripes.net: class files [0-9,]+ bytes of at most 61,440\n")
        .contains("org/example/Stripes.net: accuracy 1.0000 (20 of 20 validation images)");
    assertThat(Files.readAllBytes(project.file(SHIPPED)))
        .isEqualTo(trainedWithoutMaven(project, folderOf(project)));
    assertThat(project.answer()[0]).isGreaterThan(0.5f);
    assertThat(project.file("target/classes/org/example/StripesTraining.class")).exists();
    assertThat(project.file("target/classes/org/example/StripesTeacher.class")).exists();

    Stripes.drawOne(project.file("pictures/lying/one-more.png"), true, 7);
    Build moreData = project.maven("process-classes");
    moreData.expectSuccess();
    assertThat(moreData.log()).contains("Training Stripes on 61 images of ");

    Stripes.writeWeights(project.file("blind.safetensors"), 4, 0, 1);
    project.replace("pom.xml", "20K", "1K");
    project.replace("pom.xml", "60K", "1K");
    project.replace("pom.xml", "1M", "2K");
    int right = validationImages(project, "standing");
    byte[] shipped = Files.readAllBytes(project.file(SHIPPED));
    project.delete("target/classes");
    Build dear =
        project.maven("process-classes", "cnnc:check@default", "-Dcnnc.weights=blind.safetensors");
    dear.expectFailure();
    assertThat(dear.log())
        .contains("Nothing to train - network, data and settings are unchanged")
        .contains("[ERROR] " + project.file(NETWORK) + ": prediction arena: ")
        .contains("[ERROR] " + project.file(NETWORK) + ": class files: ")
        .contains("[ERROR] " + project.file(NETWORK) + ": training arena: ")
        .contains(" above the limit of 1,024 (no plan of this step takes less than ")
        .contains(" above the limit of 1,024; most by ") // bytes of classes have no such bound
        .contains(" above the limit of 2,048 (no plan of this step takes less than ")
        .contains("; most by conv1 ")
        .contains(" (" + right + " of 20 validation images), expected at least 0.95")
        .contains("4 limits are not kept, see above");

    assertThat(project.file(SHIPPED)).hasBinaryContent(shipped); // though nothing was trained

    Build fewerEpochs = project.maven("cnnc:train@default", "-Dcnnc.epochs=1");
    fewerEpochs.expectSuccess();
    assertThat(fewerEpochs.log()).contains("epoch 1/1 ");

    project.replace("pom.xml", "/pictures", "/no-pictures");
    Build noData = project.maven("process-classes");
    noData.expectFailure();
    assertThat(noData.log())
        .contains("no-pictures: expected data, there is no such file or folder");

    project.breakNetwork();
    for (String goal : List.of("train", "check", "report")) {
      project.brokenBuild("cnnc:" + goal);
    }
  }

  /** At once, as the user wants it here: long runs go over by themselves, which takes seconds. */
  @Test
  void vectorsAreUsedWhereMavenHasThemAndGiveTheSameBytes() throws Exception {
    TestProject project = TestProject.copyOf("train", "vectors");
    Stripes.draw(project.file("pictures"), EACH);
    String[] goals = {"cnnc:train@default", "-Dcnnc.epochs=" + FEW_EPOCHS};
    Path weights = project.file("target/generated-resources/cnnc-weights").resolve(WEIGHTS);

    Build plain = project.mavenWith("", goals);
    plain.expectSuccess();
    assertThat(plain.log())
        .containsOnlyOnce(
            "[INFO] Long training is faster, to the same bits, with --add-modules"
                + " jdk.incubator.vector in MAVEN_OPTS or .mvn/jvm.config");
    Path kept = Files.move(weights, project.file("plain.safetensors"));

    Build vector =
        project.mavenWith(
            "--add-modules jdk.incubator.vector -Dcnnc.target=vector -Xlog:class+load:file=loaded.txt",
            goals);
    vector.expectSuccess();
    assertThat(vector.log()).doesNotContain("Long training is faster");
    assertThat(project.file("loaded.txt")).content().contains("StripesTrainingVector ");
    assertThat(weights).hasSameBinaryContentAs(kept);
  }

  private static Path folderOf(TestProject project) {
    return project.file("pictures");
  }

  /** How many images of a class are not learnt. */
  private static int validationImages(TestProject project, String label) throws Exception {
    ProgramInfo info =
        ProgramInfo.parse(programs(project).get(ProgramKind.PREDICTION).description());
    Dataset held = split(info, folderOf(project)).validation().orElseThrow();
    int number = held.classes().indexOf(label);
    return (int) IntStream.range(0, held.size()).filter(i -> held.label(i) == number).count();
  }

  private static Split split(ProgramInfo info, Path data) throws IOException {
    return Split.fraction(new DataReader(info).read(data).training(), 0.25, 1);
  }

  private static Map<ProgramKind, Program> programs(TestProject project) throws Exception {
    SourceFile source = SourceFile.read(project.file(NETWORK));
    CompilationResult compiled =
        Compiler.compile(new CompilationRequest(source, CompilerOptions.DEFAULT));
    ProgramClasses classes = new ProgramClasses(compiled.classFiles());
    Map<ProgramKind, Program> programs = new EnumMap<>(ProgramKind.class);
    for (ProgramKind kind : ProgramKind.values()) {
      programs.put(kind, classes.create(compiled.program(kind).className()));
    }
    return programs;
  }

  /** What the trainer makes of the same network and data when Maven is not there. */
  private static byte[] trainedWithoutMaven(TestProject project, Path data) throws Exception {
    Map<ProgramKind, Program> programs = programs(project);
    Program training = programs.get(ProgramKind.TRAINING);
    Program prediction = programs.get(ProgramKind.PREDICTION);
    ProgramInfo info = ProgramInfo.parse(training.description());
    Parameters.initialise(training, info, 1);
    Split split = split(ProgramInfo.parse(prediction.description()), data);
    TrainerSettings settings = new TrainerSettings(3, 0.1f, 1, 1, Optional.empty());
    TrainingTask task = new TrainingTask(training, prediction, split, settings);
    Path file = project.file("expected.safetensors");
    new Trainer(task, TrainingListener.NONE).run().weights().write(file);
    return Files.readAllBytes(file);
  }
}
