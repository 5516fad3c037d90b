package org.cnnc.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.NamedBuffer;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;
import org.cnnc.runtime.ProgramInfo.TrainInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.runtime.WeightsException;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.DatasetDigest;
import org.cnnc.training.data.Split;

/**
 * Saves and restores a training run: a safetensors file with the parameters under their names, the
 * optimizer's states ({@code momentum.conv1.weight}), the best weights so far ({@code
 * best.conv1.weight}), and in its metadata where the run stands and what identifies it.
 */
final class Checkpoint {
  /** What the run began with, before its first step. */
  static final String FIRST_PARAMETERS = "cnnc.init.sha256";

  private static final String BEST = "best.";
  private static final String VERSION = "cnnc.version";
  private static final String RULES = "checkpoint.rules";
  private static final String DIGEST = ".sha256";

  /** Stands for rules that had no name yet, in programs and in checkpoints. */
  private static final String NAMELESS = "nameless";

  private final Program program;
  private final ProgramInfo info;
  private final Map<String, String> provenance;
  private final Map<String, String> identity;

  /** For runs of this program with these data and settings. */
  Checkpoint(Program program, ProgramInfo info, Split data, TrainerSettings settings) {
    this.program = program;
    this.info = info;
    this.provenance = provenance(info, data, settings);
    this.identity = new LinkedHashMap<>(provenance);
    identity.put("checkpoint.optimizer", optimizer(info));
    identity.put("checkpoint.labels", labels(info));
    identity.put(
        "checkpoint.validation", data.validation().map(Dataset::description).orElse("none"));
  }

  /** The optimizer with its settings; the rate is told apart, it may be set for a run. */
  private static String optimizer(ProgramInfo info) {
    return info.train()
        .map(
            section ->
                section.optimizer()
                    + section.settings().stream()
                        .filter(setting -> !setting.name().equals("rate"))
                        .map(
                            setting ->
                                " "
                                    + setting.name()
                                    + " "
                                    + Decimals.shortest(setting.value()).toPlainString())
                        .collect(Collectors.joining()))
        .orElse("none");
  }

  /** In order: the same weights mean something else when the labels change places. */
  private static String labels(ProgramInfo info) {
    return info.outputs().stream()
        .map(output -> output.name() + " " + String.join(", ", output.labels()))
        .collect(Collectors.joining("; "));
  }

  private static Map<String, String> provenance(
      ProgramInfo info, Split data, TrainerSettings settings) {
    int elements = info.input().elements();
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("cnnc.model", info.model());
    provenance.put("cnnc.seed", Long.toString(settings.seed()));
    provenance.put("cnnc.batch", Integer.toString(info.batch()));
    provenance.put("cnnc.rate", Decimals.shortest(settings.rate()).toPlainString());
    provenance.put("cnnc.data", data.training().description());
    provenance.put("cnnc.data" + DIGEST, DatasetDigest.of(data.training(), elements));
    data.validation()
        .ifPresent(
            set -> {
              provenance.put("cnnc.validation", set.description());
              provenance.put("cnnc.validation" + DIGEST, DatasetDigest.of(set, elements));
            });
    return provenance;
  }

  /** What weights of this run come of; it must be the same for a run to go on to the same bits. */
  Map<String, String> provenance() {
    return Collections.unmodifiableMap(provenance);
  }

  /**
   * What else a run must be given for the same weights to come out: the numeric rules and the
   * optimizer.
   */
  Map<String, String> rulesAndOptimizer() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("cnnc.rules", rules());
    facts.put("cnnc.optimizer", optimizer(info));
    return facts;
  }

  /**
   * A run as it is now.
   *
   * @param firstParameters digest of those that it began with, if that is known
   */
  Safetensors save(
      EpochProgress progress, Optional<BestWeights> best, Optional<String> firstParameters) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(Parameters.HASH_KEY, info.hash());
    metadata.put(VERSION, info.compilerVersion());
    metadata.putAll(identity);
    metadata.put(RULES, rules());
    firstParameters.ifPresent(digest -> metadata.put(FIRST_PARAMETERS, digest));
    metadata.put("checkpoint.epoch", Integer.toString(progress.epoch));
    metadata.put("checkpoint.images", Integer.toString(progress.images));
    metadata.put("checkpoint.correct", Integer.toString(progress.correct));
    metadata.put("checkpoint.loss_sum", bits(progress.lossSum));
    metadata.put("checkpoint.steps", Long.toString(progress.steps));
    StoredTensors stored = new StoredTensors(program, info);
    Map<String, Tensor> tensors = new LinkedHashMap<>(stored.parameters());
    tensors.putAll(stored.states());
    best.ifPresent(
        weights -> {
          metadata.put("best.epoch", Integer.toString(weights.epoch()));
          metadata.put("best.correct", Integer.toString(weights.correct()));
          metadata.put("best.images", Integer.toString(weights.images()));
          metadata.put("best.loss", bits(weights.meanLoss()));
          weights.parameters().forEach((name, tensor) -> tensors.put(BEST + name, tensor));
        });
    return new Safetensors(info.model(), metadata, tensors);
  }

  private static String bits(double value) {
    return Long.toHexString(Double.doubleToLongBits(value));
  }

  /**
   * Sets parameters, states and {@code progress} from a checkpoint.
   *
   * @return the best weights it holds
   * @throws CheckpointException if it is no checkpoint of this run
   * @throws WeightsException if it is one of another model, or has what is not finite
   */
  Optional<BestWeights> restore(Safetensors file, EpochProgress progress)
      throws CheckpointException, WeightsException {
    Fields fields = new Fields(file);
    fields.text("checkpoint.epoch"); // what weights alone have not
    expectSameRun(fields);
    fields.text(Parameters.HASH_KEY);
    expectSameRules(file);
    EpochProgress read = fields.progress();
    Optional<BestWeights> best = fields.best(info);
    Map<String, float[]> states = new LinkedHashMap<>();
    for (NamedBuffer state : info.states()) {
      states.put(state.name(), fields.tensor(state.name(), info.parameterOf(state)).values());
    }
    for (ParameterInfo parameter : info.parameters()) {
      if (file.tensors().containsKey(parameter.name())) { // else loading says that it is missing
        Parameters.checkFinite(file, parameter.name());
      }
    }
    // From here on nothing can fail half-way but what Parameters checks before it sets.
    Parameters.load(program, info, file);
    StoredTensors stored = new StoredTensors(program, info);
    info.states().forEach(state -> stored.setState(state, states.get(state.name())));
    progress.epoch = read.epoch;
    progress.images = read.images;
    progress.correct = read.correct;
    progress.lossSum = read.lossSum;
    progress.steps = read.steps;
    return best;
  }

  private void expectSameRun(Fields fields) throws CheckpointException {
    for (Map.Entry<String, String> fact : identity.entrySet()) {
      String key = fact.getKey();
      if (key.endsWith(DIGEST) && !fields.file().metadata().containsKey(key)) {
        continue; // from before checkpoints knew that
      }
      String found = fields.text(key);
      if (!found.equals(fact.getValue())) {
        throw new CheckpointException(
            fields.file().source(), otherFact(key, fact.getValue(), found));
      }
    }
  }

  private String otherFact(String key, String expected, String found) {
    if (!key.endsWith(DIGEST)) {
      return "expected " + key + " \"" + expected + "\", found \"" + found + "\"";
    }
    String data = key.substring(0, key.length() - DIGEST.length());
    return "the run began with other images than those that are there now as "
        + data
        + " (\""
        + identity.get(data)
        + "\"): their number is the same, their content is not; bring those back, or begin another"
        + " run";
  }

  private String rules() {
    return info.train().flatMap(TrainInfo::rules).orElse(NAMELESS);
  }

  /** A run that went on by other rules would end with other bits, and nobody would notice. */
  private void expectSameRules(Safetensors file) throws CheckpointException {
    String found = file.metadata().getOrDefault(RULES, NAMELESS);
    if (!found.equals(rules())) {
      throw new CheckpointException(
          file.source(),
          "cnnc "
              + file.metadata().getOrDefault(VERSION, "of an unknown version")
              + " summed gradients by other rules ("
              + found
              + ", now "
              + rules()
              + "), so this run cannot end with the same bits any more; let that cnnc finish it, or"
              + " begin another run, to other files, with what it has learnt (--init "
              + file.source()
              + ")");
    }
  }

  /** Reads a checkpoint's facts; each failure names the file. */
  private record Fields(Safetensors file) {
    String text(String key) throws CheckpointException {
      String text = file.metadata().get(key);
      if (text == null) {
        throw new CheckpointException(file.source(), "expected a checkpoint with \"" + key + "\"");
      }
      return text;
    }

    private String matching(String key, String pattern) throws CheckpointException {
      String text = text(key);
      if (!text.matches(pattern)) {
        throw new CheckpointException(
            file.source(), "expected a number for \"" + key + "\", found \"" + text + "\"");
      }
      return text;
    }

    private int count(String key) throws CheckpointException {
      return Integer.parseInt(matching(key, "[0-9]{1,9}"));
    }

    private double real(String key) throws CheckpointException {
      String bits = matching(key, "[0-9a-f]{1,16}");
      return Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
    }

    EpochProgress progress() throws CheckpointException {
      EpochProgress progress = new EpochProgress();
      progress.epoch = count("checkpoint.epoch");
      progress.images = count("checkpoint.images");
      progress.correct = count("checkpoint.correct");
      progress.lossSum = real("checkpoint.loss_sum");
      progress.steps = Long.parseLong(matching("checkpoint.steps", "[0-9]{1,18}"));
      return progress;
    }

    Optional<BestWeights> best(ProgramInfo info) throws CheckpointException, WeightsException {
      if (!file.metadata().containsKey("best.epoch")) {
        return Optional.empty();
      }
      Map<String, Tensor> parameters = new LinkedHashMap<>();
      for (ParameterInfo parameter : info.parameters()) {
        parameters.put(parameter.name(), tensor(BEST + parameter.name(), parameter));
      }
      return Optional.of(
          new BestWeights(
              count("best.epoch"),
              count("best.correct"),
              count("best.images"),
              real("best.loss"),
              parameters));
    }

    Tensor tensor(String name, ParameterInfo parameter)
        throws CheckpointException, WeightsException {
      Tensor tensor = file.tensors().get(name);
      if (tensor == null || !tensor.dims().equals(parameter.dims())) {
        throw new CheckpointException(
            file.source(), "expected a tensor \"" + name + "\" of shape " + parameter.dims());
      }
      Parameters.checkFinite(file, name);
      return tensor;
    }
  }
}
