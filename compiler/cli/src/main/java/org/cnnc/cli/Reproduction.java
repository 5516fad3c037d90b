package org.cnnc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cnnc.cli.console.UserException;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.training.TrainerSettings;
import org.cnnc.training.WeightsDigest;

/**
 * Weights that are trained again from what they say of themselves, to see whether that is true.
 *
 * @param file where they are
 * @param weights what it holds
 */
record Reproduction(Path file, Safetensors weights) {
  /** What must be the same before it makes sense to train, and what it means if it is not. */
  private record Cause(String key, String meaning) {}

  private static final List<Cause> CAUSES =
      List.of(
          new Cause("cnnc.hash", "the model is another one"),
          new Cause("cnnc.rules", "this cnnc sums gradients by other rules"),
          new Cause("cnnc.optimizer", "the model has another optimizer"),
          new Cause("cnnc.data.sha256", "the images are others (--data, --validation)"),
          new Cause("cnnc.validation.sha256", "the images to judge by are others (--validation)"),
          new Cause("cnnc.init.sha256", "it began with other parameters (--init)"));

  /** Says where things are called and lie, and who computed: no bit of a tensor depends on it. */
  private static final List<String> DESCRIPTIONS =
      List.of("cnnc.version", "cnnc.model", "cnnc.data", "cnnc.validation");

  /**
   * Reads weights.
   *
   * @throws UserException if they do not say enough of themselves, or cannot be trained again
   */
  static Reproduction of(Path file) throws IOException, UserException {
    Reproduction reproduction = new Reproduction(file, Safetensors.read(file));
    if (reproduction.fact("cnnc.taught").isPresent()) {
      throw reproduction.impossible("they were taught afterwards, in an app (cnnc.taught)");
    }
    if (reproduction.fact(StatedSettings.IMAGES).isPresent()) {
      throw reproduction.impossible(
          "their training was stopped within an epoch (cnnc.images); train --resume ends it");
    }
    return reproduction;
  }

  private Optional<String> fact(String key) {
    return Optional.ofNullable(weights.metadata().get(key));
  }

  private UserException impossible(String why) {
    return new UserException(trouble() + ": " + why);
  }

  private String trouble() {
    return file + ": cannot be trained again";
  }

  private StatedSettings stated() {
    return new StatedSettings(trouble(), weights.metadata());
  }

  private UserException unsaid(String key) {
    return impossible("it does not say \"" + key + "\"");
  }

  /** Images of a training step. */
  int batch() throws UserException {
    return stated().batch().orElseThrow(() -> unsaid(StatedSettings.BATCH));
  }

  /** Settings of the run that made the weights; nothing is saved on the way. */
  TrainerSettings settings(int threads) throws UserException {
    return new TrainerSettings(
        stated().epochs().orElseThrow(() -> unsaid(StatedSettings.EPOCHS)),
        stated().rate().orElseThrow(() -> unsaid(StatedSettings.RATE)),
        stated().seed().orElseThrow(() -> unsaid(StatedSettings.SEED)),
        threads,
        Optional.empty());
  }

  /**
   * Checks that a run would learn the same in the same way.
   *
   * @param now provenance of the run
   * @throws UserException if not; the message says what does not match
   */
  void expectSame(Map<String, String> now) throws UserException {
    for (Cause cause : CAUSES) {
      String here = now.getOrDefault(cause.key, "none");
      String there = fact(cause.key).orElse("none");
      if (!here.equals(there)) {
        throw impossible(
            cause.meaning
                + ": \""
                + cause.key
                + "\" is "
                + there
                + " in the file, "
                + here
                + " here");
      }
    }
  }

  /**
   * Compares.
   *
   * @param again the weights of the second training
   * @return how many bytes are the same
   * @throws UserException if a bit differs; the message has its place
   */
  int expectSameBytes(Safetensors again) throws IOException, UserException {
    for (Map.Entry<String, Tensor> tensor : weights.tensors().entrySet()) {
      expectSame(tensor.getKey(), tensor.getValue(), again.tensors().get(tensor.getKey()));
    }
    Map<String, String> facts = new LinkedHashMap<>(again.metadata());
    if (fact(WeightsDigest.KEY).isEmpty()) {
      facts.remove(WeightsDigest.KEY); // from before weights had one
    }
    expectSameFacts(facts);
    byte[] there = Files.readAllBytes(file);
    DESCRIPTIONS.forEach(key -> facts.computeIfPresent(key, (same, now) -> fact(key).orElse(now)));
    if (!Arrays.equals(there, new Safetensors("", facts, again.tensors()).toBytes())) {
      throw differs("all that it says is the same, but in other places of the file");
    }
    return there.length;
  }

  private void expectSameFacts(Map<String, String> again) throws UserException {
    Set<String> keys = new LinkedHashSet<>(weights.metadata().keySet());
    keys.addAll(again.keySet());
    DESCRIPTIONS.forEach(keys::remove);
    for (String key : keys) {
      String there = fact(key).orElse("none");
      String here = again.getOrDefault(key, "none");
      if (!there.equals(here)) {
        throw differs(
            "the tensors are the same, but \""
                + key
                + "\" is "
                + there
                + " in the file, "
                + here
                + " here");
      }
    }
  }

  private void expectSame(String name, Tensor there, Tensor here) throws UserException {
    if (here == null || !here.dims().equals(there.dims())) {
      throw differs("tensor \"" + name + "\" of shape " + there.dims() + " did not come out");
    }
    int element = Arrays.mismatch(there.values(), here.values());
    if (element >= 0) {
      throw differs(
          "tensor \""
              + name
              + "\" is the first that differs, from element "
              + element
              + " on: "
              + there.values()[element]
              + " in the file, "
              + here.values()[element]
              + " here");
    }
  }

  private UserException differs(String how) {
    return new UserException(file + ": not reproduced: " + how);
  }
}
