package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cnnc.compiler.schedule.NumericSchedule;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.runtime.VectorSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {
  @TempDir private Path folder;
  private Path model;
  private Path data;
  private Path out;
  private Path checkpoint;

  @BeforeEach
  void writeFiles() throws IOException {
    model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
    data = TinyFiles.idx(folder.resolve("data"), 48);
    out = folder.resolve("tiny.safetensors");
    checkpoint = folder.resolve("tiny.checkpoint.safetensors");
  }

  @Test
  void trainingLearnsAndReports() throws IOException {
    Cnnc.Result result =
        Cnnc.train(model, data, out, "--epochs", 6, "--validation", "last:8", "--seed", 4, "-t", 1);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines().filter(line -> line.startsWith("epoch "))).hasSize(6);
    assertThat(result.out())
        .contains("validation loss")
        .contains("accuracy 100.0 % (8 of 8 validation images)")
        .contains("class  images  precision");
    assertThat(result.err())
        .contains("training Tiny on 40 images, judged on 8 others, batch 8, 1 thread\n")
        .contains("weights: " + out);
    Safetensors weights = Safetensors.read(out);
    assertThat(weights.tensors().keySet())
        .containsExactly("conv1.weight", "conv1.bias", "fc1.weight", "fc1.bias");
    assertThat(weights.metadata()).containsEntry("cnnc.seed", "4").containsKey("cnnc.hash");
    assertThat(checkpoint).isRegularFile();
  }

  @Test
  void threadsChangeNoBit() throws IOException {
    Path other = folder.resolve("other.safetensors");
    assertThat(Cnnc.train(model, data, out, "--threads", 1).exitCode()).isZero();
    assertThat(Cnnc.train(model, data, other, "--threads", 3).exitCode()).isZero();
    assertThat(other).hasSameBinaryContentAs(out);
  }

  /** As with {@code JAVA_TOOL_OPTIONS=-Dcnnc.target=vector}: from the first step on. */
  @Test
  void vectorsAreUsedAtOnceWhereTheUserWantsThem() throws IOException {
    Path other = folder.resolve("other.safetensors");
    Cnnc.Result plain = Cnnc.train(model, data, out);
    assertThat(plain.err()).doesNotContain("vectors");
    System.setProperty(VectorSupport.PROPERTY, "vector");
    try {
      Cnnc.Result vector = Cnnc.train(model, data, other);
      assertThat(vector.exitCode()).isZero();
      assertThat(vector.err()).containsOnlyOnce("training goes on with vectors\n");
    } finally {
      System.clearProperty(VectorSupport.PROPERTY);
    }
    assertThat(other).hasSameBinaryContentAs(out);
  }

  @Test
  void resumedRunEndsWithTheSameBytes() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    assertThat(Cnnc.train(model, data, whole, "--epochs", 3).exitCode()).isZero();
    assertThat(Cnnc.train(model, data, out, "--epochs", 1).exitCode()).isZero();
    assertThat(out).isRegularFile();
    assertThat(Files.mismatch(whole, out)).isNotNegative();
    assertThat(Cnnc.train(model, data, out, "--epochs", 3, "--resume").exitCode()).isZero();
    assertThat(out).hasSameBinaryContentAs(whole);
  }

  @Test
  void progressCanBeReadByPrograms() {
    Cnnc.Result result = Cnnc.train(model, data, out, "--json", "--validation", "0.25");
    List<String> lines = result.out().lines().toList();
    assertThat(lines).hasSize(3).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    assertThat(lines.get(0)).contains("\"event\": \"epoch\", \"epoch\": 1, \"epochs\": 2");
    assertThat(lines.get(2))
        .contains("\"event\": \"evaluation\", \"on\": \"validation images\", \"images\": 12")
        .contains("{\"class\": \"dark\", ");
  }

  @Test
  void aTerminalShowsABar() {
    Cnnc.Result result =
        Cnnc.runOnTerminal("train", model, "--data", data, "--out", out, "--threads", 1);
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("epoch 1/2").contains("48/48").contains("\r");
    assertThat(result.out()).doesNotContain("\r");
  }

  @Test
  void olderWeightsAreReplacedOnlyByForce() throws IOException {
    byte[] old = {1, 2, 3};
    Files.write(out, old);
    Cnnc.Result refused = Cnnc.train(model, data, out);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .startsWith("error: " + out + ": exists; --resume continues its training, --force");
    assertThat(out).hasBinaryContent(old);
    assertThat(checkpoint).doesNotExist();
    assertThat(Cnnc.train(model, data, out, "--force").exitCode()).isZero();
    assertThat(Safetensors.read(out).tensors()).hasSize(4);
  }

  @Test
  void anOlderCheckpointIsReplacedOnlyByForce() throws IOException {
    Files.write(checkpoint, new byte[] {1, 2, 3});
    Cnnc.Result refused = Cnnc.train(model, data, out);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("a run was stopped here; --resume continues it");
    assertThat(checkpoint).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(out).doesNotExist();
  }

  @Test
  void aRunWithOtherSettingsIsNotResumed() throws IOException {
    Cnnc.train(model, data, out);
    byte[] before = Files.readAllBytes(checkpoint);
    Cnnc.Result result = Cnnc.train(model, data, out, "--resume", "--seed", 99);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("expected cnnc.seed \"99\", found \"3\"");
    assertThat(checkpoint).hasBinaryContent(before);
  }

  @Test
  void aRunWithAnotherOptimizerOrOtherValidationIsNotResumed() throws IOException {
    Cnnc.train(model, data, out);
    Cnnc.Result validated = Cnnc.train(model, data, out, "--resume", "--validation", "0.25");
    assertThat(validated.exitCode()).isEqualTo(1);
    Files.writeString(model, Files.readString(model).replace("momentum = 0.9", "momentum = 0.5"));
    Cnnc.Result slowed = Cnnc.train(model, data, out, "--resume");
    assertThat(slowed.exitCode()).isEqualTo(1);
    assertThat(slowed.err()).contains("expected checkpoint.optimizer", "momentum 0.5");
  }

  /** As a cnnc with other rules of gradients left it, and one that had no name for them. */
  @ParameterizedTest
  @ValueSource(strings = {"gradients-1", ""})
  void aRunByOtherRulesIsNotResumedButCanBeBegunFrom(String rules) throws IOException {
    Cnnc.train(model, data, out);
    Safetensors saved = Safetensors.read(checkpoint);
    Map<String, String> metadata = new LinkedHashMap<>(saved.metadata());
    assertThat(metadata.remove("checkpoint.rules")).isEqualTo(NumericSchedule.TRAINING_VERSION);
    if (!rules.isEmpty()) {
      metadata.put("checkpoint.rules", rules);
    }
    new Safetensors("", metadata, saved.tensors()).write(checkpoint);
    byte[] before = Files.readAllBytes(checkpoint);

    Cnnc.Result resumed = Cnnc.train(model, data, out, "--resume");
    assertThat(resumed.exitCode()).isEqualTo(1);
    assertThat(resumed.err())
        .contains(
            "error: "
                + checkpoint
                + ": cnnc 0.1.0 summed gradients by other rules ("
                + (rules.isEmpty() ? "nameless" : rules)
                + ", now "
                + NumericSchedule.TRAINING_VERSION
                + "), so this run cannot end with the same bits any more; let that cnnc finish it,"
                + " or begin another run, to other files, with what it has learnt (--init "
                + checkpoint
                + ")\n");
    assertThat(checkpoint).hasBinaryContent(before);

    Cnnc.Result begun =
        Cnnc.train(model, data, folder.resolve("other.safetensors"), "--init", checkpoint);
    assertThat(begun.exitCode()).as(begun.err()).isZero();
    assertThat(begun.err()).contains("taken: conv1.weight, conv1.bias, fc1.weight, fc1.bias\n");
  }

  @Test
  void thereMustBeARunToResume() {
    Cnnc.Result result = Cnnc.train(model, data, out, "--resume");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo("error: " + checkpoint + ": no such file, there is no training to resume\n");
  }

  @Test
  void initTakesWhatFitsAndSaysSo() throws IOException {
    assertThat(Cnnc.train(model, data, out).exitCode()).isZero();
    Path wider =
        TinyFiles.write(
            folder.resolve("wider.net"),
            TinyFiles.CONVOLUTION.replace("-> fc(2)", "-> fc(4) -> fc(2)"));
    Path next = folder.resolve("next.safetensors");
    Cnnc.Result result = Cnnc.train(wider, data, next, "--init", out);
    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .contains(out + ": taken: conv1.weight, conv1.bias")
        .contains(out + ": left: tensor \"fc1.weight\"");
  }

  @Test
  void initThatFitsNothingIsAnError() throws IOException {
    Path linear = TinyFiles.write(folder.resolve("linear.net"), TinyFiles.LINEAR);
    Path other =
        TinyFiles.save(
            folder.resolve("other.safetensors"),
            java.util.Map.of("head.weight", TinyFiles.random(1, 3, 4)));
    Cnnc.Result result = Cnnc.train(linear, data, out, "--init", other);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains(other + ": nothing fits: ");
    assertThat(out).doesNotExist();
  }

  @Test
  void otherDataCanJudge() throws IOException {
    Path pictures = TinyFiles.pictures(folder.resolve("pictures"), 5);
    Cnnc.Result result = Cnnc.train(model, data, out, "--validation", pictures);
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("on 48 images, judged on 10 others");
  }

  @Test
  void validationMustFitTheData() {
    for (String wrong : List.of("last:48", "last:x", "1.5", "0", "no-such-folder")) {
      Cnnc.Result result = Cnnc.train(model, data, out, "--validation", wrong);
      assertThat(result.exitCode()).as(wrong).isEqualTo(1);
      assertThat(result.err()).as(wrong).startsWith("error: ").hasLineCount(1);
    }
    assertThat(out).doesNotExist();
  }

  @Test
  void aShareInAnotherFormIsToldHowItIsWritten() {
    Cnnc.Result result = Cnnc.train(model, data, out, "--validation", "20%");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            "error: --validation 20%: there is no such file or folder of other data; a part of the"
                + " data is written as 0.2, their last images as last:2000\n");
  }

  @Test
  void picturesNeedANetworkForPictures() throws IOException {
    TinyFiles.write(model, TinyFiles.CONVOLUTION.replace("image[1,", "image[2,"));
    Cnnc.Result result = Cnnc.train(model, data, out);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("error: " + data + ": pictures are for networks with 1 or 3 input channels")
        .hasLineCount(1);
  }

  /** A rate that is too small to change any answer: the first epoch stays the best. */
  @Test
  void aRunEndsWhenNothingGetsBetter() throws IOException {
    Object[] settings = {"--epochs", 50, "--rate", "1e-30", "--validation", "last:8"};
    Object[] patient = {"--patience", 2};
    Cnnc.Result result = Cnnc.train(model, data, out, concat(settings, patient));
    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines().filter(line -> line.startsWith("epoch "))).hasSize(3);
    assertThat(result.err())
        .endsWith(
            "complete after epoch 3: epoch 1 was the best, 2 epochs after it brought nothing"
                + " better (--patience)\n");
    assertThat(result.out()).contains("of 8 validation images");
    byte[] complete = Files.readAllBytes(out);
    Object[] again = {"--patience", 2, "--resume"};
    assertThat(Cnnc.train(model, data, out, concat(settings, again)).out())
        .doesNotContain("epoch ");
    assertThat(out).hasBinaryContent(complete);
    Object[] morePatient = {"--patience", 4, "--resume"};
    assertThat(Cnnc.train(model, data, out, concat(settings, morePatient)).out())
        .contains("epoch 4/50", "epoch 5/50")
        .doesNotContain("epoch 6/50");
  }

  private static Object[] concat(Object[] first, Object[] second) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  @Test
  void programsAreToldWhyARunEnded() {
    Cnnc.Result brief = Cnnc.train(model, data, out, "--minutes", "1e-9", "--json");
    assertThat(brief.out())
        .isEqualTo(
            "{\"event\": \"stopped\", \"why\": \"the time is up\", \"resume\": \"cnnc train "
                + model
                + " --data "
                + data
                + " --out "
                + out
                + " --minutes 1e-9 --json --resume\"}\n");
    Cnnc.Result patient =
        Cnnc.train(
            model,
            data,
            folder.resolve("other.safetensors"),
            "--json",
            "--rate",
            "1e-30",
            "--epochs",
            9,
            "--validation",
            0.5,
            "--patience",
            1);
    assertThat(patient.out()).contains("{\"event\": \"patience\", \"epoch\": 2, \"best\": 1}\n");
    assertThat(patient.err()).contains("epoch 1 was the best, the epoch after it brought nothing");
  }

  @Test
  void aDamagedCheckpointGivesItsPlaceToTheOneBefore() throws IOException {
    Object[] settings = {"--keep", 4, "--epochs", 4};
    assertThat(Cnnc.train(model, data, out, settings).exitCode()).isZero();
    byte[] whole = Files.readAllBytes(out);
    byte[] sound = Files.readAllBytes(checkpoint);
    Path third = older(1);
    Path second = older(2);
    assertThat(Safetensors.readMetadata(second)).containsEntry("checkpoint.epoch", "2");
    damage(checkpoint);
    damage(third);
    Cnnc.Result resumed = Cnnc.train(model, data, out, "--resume", "--keep", 4, "--epochs", 4);
    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.err().lines().filter(line -> line.contains(".checkpoint")))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("damaged: " + checkpoint + ", byte "),
            line -> assertThat(line).startsWith("damaged: " + third + ", byte "),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "going on from "
                            + second
                            + ", which was saved before; it is "
                            + checkpoint
                            + " now"));
    assertThat(resumed.out()).startsWith("epoch 3/4");
    assertThat(out).hasBinaryContent(whole);
    assertThat(checkpoint).hasBinaryContent(sound);
    for (int places = 1; places <= 3; places++) { // none of the damaged ones is left
      assertThat(Safetensors.readMetadata(older(places)))
          .containsEntry("checkpoint.epoch", "" + (4 - places));
    }
    assertThat(older(4)).doesNotExist();
  }

  @Test
  void damagedCheckpointsAloneAreAnErrorAndStay() throws IOException {
    assertThat(Cnnc.train(model, data, out, "--keep", 2).exitCode()).isZero();
    byte[] newest = damage(checkpoint);
    byte[] last = damage(older(1));
    Cnnc.Result refused = Cnnc.train(model, data, out, "--resume", "--keep", 2);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("damaged: " + checkpoint + ", byte ")
        .contains("error: " + older(1) + ", byte ");
    assertThat(checkpoint).hasBinaryContent(newest);
    assertThat(older(1)).hasBinaryContent(last);
  }

  private Path older(int places) {
    return folder.resolve("tiny.checkpoint-" + places + ".safetensors");
  }

  private static byte[] damage(Path file) throws IOException {
    byte[] sound = Files.readAllBytes(file);
    byte[] half = Arrays.copyOf(sound, sound.length / 2);
    Files.write(file, half);
    return half;
  }

  @Test
  void timesAndNumbersMustMakeSense() {
    assertThat(Cnnc.train(model, data, out, "--minutes", "NaN").err())
        .startsWith(
            "error: Invalid value for option '--minutes': expected a number of minutes above 0, at"
                + " most 50,000,000 (95 years), found NaN\n");
    assertThat(Cnnc.train(model, data, out, "--checkpoint-minutes", "6e7").err())
        .startsWith("error: Invalid value for option '--checkpoint-minutes': expected ")
        .contains(" (95 years), found 60,000,000\n");
    assertThat(Cnnc.train(model, data, out, "--keep", 0).err())
        .startsWith("error: Invalid value for option '--keep': expected at least 1, found 0\n");
  }

  @Test
  void patienceNeedsImagesToJudgeBy() {
    assertThat(Cnnc.train(model, data, out, "--patience", 3))
        .isEqualTo(
            new Cnnc.Result(
                2,
                "",
                "error: --patience waits for a better validation result: it needs images to judge"
                    + " by (--validation)\ntry: cnnc train --help\n"));
  }

  @Test
  void aRunWhoseTimeIsUpSaysHowToGoOnAndEndsWithTheSameBytes() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    assertThat(Cnnc.train(model, data, whole).exitCode()).isZero();
    Cnnc.Result brief = Cnnc.train(model, data, out, "--minutes", "1e-9", "--keep", 2);
    assertThat(brief.exitCode()).isZero();
    assertThat(brief.out()).isEmpty();
    assertThat(brief.err())
        .contains("weights: " + out + "\nthe time is up; what is learnt is saved. To go on:\n")
        .endsWith("--out " + out + " --minutes 1e-9 --keep 2 --resume\n");
    assertThat(Cnnc.train(model, data, out, "--resume", "--checkpoint-minutes", "1e-9").exitCode())
        .isZero();
    assertThat(out).hasSameBinaryContentAs(whole);
  }

  @Test
  void theLastCheckpointsAreKept() throws IOException {
    Path last = folder.resolve("tiny.checkpoint-1.safetensors");
    Path first = folder.resolve("tiny.checkpoint-2.safetensors");
    assertThat(Cnnc.train(model, data, out, "--epochs", 4, "--keep", 3).exitCode()).isZero();
    assertThat(Safetensors.readMetadata(checkpoint)).containsEntry("checkpoint.epoch", "4");
    assertThat(Safetensors.readMetadata(last)).containsEntry("checkpoint.epoch", "3");
    assertThat(Safetensors.readMetadata(first)).containsEntry("checkpoint.epoch", "2");
    assertThat(folder.resolve("tiny.checkpoint-3.safetensors")).doesNotExist();

    byte[] whole = Files.readAllBytes(out);
    Files.move(first, checkpoint, StandardCopyOption.REPLACE_EXISTING); // as --help says
    assertThat(Cnnc.train(model, data, out, "--epochs", 4, "--resume").out()).contains("epoch 3/4");
    assertThat(out).hasBinaryContent(whole);

    assertThat(Cnnc.train(model, data, out, "--epochs", 1, "--force").exitCode()).isZero();
    assertThat(last).doesNotExist();
  }

  @Test
  void wrongUsageIsTwo() {
    assertThat(Cnnc.run("train", model, "--data", data).exitCode()).isEqualTo(2);
    for (List<Object> wrong :
        List.<List<Object>>of(
            List.of("--threads", 0),
            List.of("--epochs", 0),
            List.of("--epochs", "many"),
            List.of("--batch", 0),
            List.of("--batch", 5000),
            List.of("--rate", -1),
            List.of("--keep", 0),
            List.of("--minutes", 0),
            List.of("--minutes", "NaN"),
            List.of("--checkpoint-minutes", -1),
            List.of("--validation", 0.2, "--patience", 0),
            List.of("--resume", "--force"))) {
      Cnnc.Result result = Cnnc.train(model, data, out, wrong.toArray());
      assertThat(result.exitCode()).as(wrong.toString()).isEqualTo(2);
      assertThat(result.err()).endsWith("try: cnnc train --help\n");
    }
  }

  @Test
  void aLossThatIsNotFiniteStopsTheRun() {
    Cnnc.Result result = Cnnc.train(model, data, out, "--rate", "3e38");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("warning[CNN064]: a learning rate of 3E+38 looks too large\n")
        .contains("\ntraining Tiny on ")
        .endsWith(
            "\nerror: the loss is not finite in epoch 2, step 8; it began at \"conv1\". A smaller rate may help (rate = 3E+38).\n");
    assertThat(out).doesNotExist();
  }

  /** Pixels up to 100: a gradient above 1, which the rate makes infinite after a finite loss. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void weightsThatAreNotFiniteAreNotWritten(int epochs) throws IOException {
    TinyFiles.write(
        model,
        TinyFiles.CONVOLUTION.replace(
            "image[1, 8, 8];", "image[1, 8, 8] { scale = 1/255; std = 0.01; }"));
    data = TinyFiles.idx(folder.resolve("few"), 8);
    Cnnc.Result result = Cnnc.train(model, data, out, "--rate", "3e38", "--epochs", epochs);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .endsWith(
            "error: \"conv1.weight\" is not finite after step 1 of the run. A smaller rate may help"
                + " (rate = 3E+38).\n");
    assertThat(out).doesNotExist();
    assertThat(checkpoint).doesNotExist();
  }

  /** Gradients of about 1e22, whose squares no float holds: Adam's weight would rest for ever. */
  @Test
  void statesThatAreNotFiniteAreNotSaved() throws IOException {
    TinyFiles.write(
        model,
        TinyFiles.CONVOLUTION
            .replace("image[1, 8, 8];", "image[1, 8, 8] { scale = 1/255; std = 1e-22; }")
            .replace("sgd(rate = 0.1, momentum = 0.9)", "adam(rate = 0.001)"));
    data = TinyFiles.idx(folder.resolve("few"), 8);
    Cnnc.Result result = Cnnc.train(model, data, out, "--epochs", 1);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .endsWith(
            "error: \"second_moment.conv1.weight\" is not finite after step 1 of the run. A smaller"
                + " rate may help (rate = 0.001).\n");
    assertThat(out).doesNotExist();
    assertThat(checkpoint).doesNotExist();
  }

  /** Weights of the second convolution that only it can tell: its products are too large. */
  @Test
  void theFirstLayerThatIsNotFiniteIsNamed() throws IOException {
    TinyFiles.write(
        model, TinyFiles.CONVOLUTION.replace("-> relu", "-> relu -> conv(2, kernel = 1) -> relu"));
    Cnnc.Result result =
        trainFrom(Map.of("conv1.weight", filled(18, 1e25f), "conv2.weight", filled(4, 1e25f)));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("error: the loss is not finite in epoch 1, step 1; it began at \"conv2\".");
  }

  /** Logits of 3e38 and -3e38: both are numbers, and how far they are apart is none. */
  @Test
  void theLayerBeforeALossThatAloneIsNotFiniteIsNamed() throws IOException {
    Cnnc.Result result =
        trainFrom(Map.of("fc1.weight", new float[64], "fc1.bias", new float[] {3e38f, -3e38f}));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .endsWith(
            "error: the loss is not finite in epoch 1, step 1; it began at the loss: the values of"
                + " \"fc1\" are finite, but too far apart. A smaller rate may help (rate = 0.1).\n");
  }

  private static float[] filled(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return values;
  }

  /** Trains with a model's weights, of which some are others. */
  private Cnnc.Result trainFrom(Map<String, float[]> others) throws IOException {
    assertThat(Cnnc.train(model, data, out, "--epochs", 1).exitCode()).isZero();
    Safetensors learnt = Safetensors.read(out);
    Map<String, Tensor> tensors = new LinkedHashMap<>(learnt.tensors());
    others.forEach(
        (name, values) -> tensors.put(name, Tensor.of(tensors.get(name).dims(), values)));
    Path first = folder.resolve("first.safetensors");
    new Safetensors("", learnt.metadata(), tensors).write(first);
    return Cnnc.train(model, data, folder.resolve("next.safetensors"), "--init", first);
  }
}
