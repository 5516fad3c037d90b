package org.example.sketchpad;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.training.Trainer;
import org.cnnc.training.TrainerSettings;
import org.cnnc.training.TrainingException;
import org.cnnc.training.TrainingListener;
import org.cnnc.training.TrainingTask;
import org.cnnc.training.data.MemoryDataset;
import org.cnnc.training.data.Split;

/**
 * Weights of {@code Symbols.net}. It begins with those of the digits; training adds symbols. An
 * output that is not in use is switched off by its bias: {@code exp(-10000)} is 0 in float32, so it
 * has no part in the softmax and gets no gradient.
 */
final class SecondHalf {
  private static final float OFF = -10_000;
  private static final long SEED = 1;

  private final Safetensors digits;

  /**
   * @param digits weights of {@code Digits.net}
   */
  SecondHalf(Safetensors digits) {
    this.digits = digits;
  }

  /** The weights with which the digits are read as {@code Digits.net} reads them. */
  Safetensors untaught() {
    return new Safetensors("Symbols", Map.of(), start(10));
  }

  /** The weights after these examples were learnt; the same bits for the same examples. */
  Safetensors taught(List<Rehearsal.Example> examples, int names)
      throws IOException, TrainingException {
    SymbolsTraining program = new SymbolsTraining();
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.load(program, info, new Safetensors("Symbols", Map.of(), start(names)));
    TrainerSettings settings =
        TrainerSettings.of(
            info.train().orElseThrow(),
            Runtime.getRuntime().availableProcessors(),
            Optional.empty());
    TrainingTask task =
        new TrainingTask(program, new SymbolsPrediction(), Split.none(dataset(examples)), settings);
    return new Trainer(task, TrainingListener.NONE).run().weights();
  }

  private static MemoryDataset dataset(List<Rehearsal.Example> examples) {
    int length = examples.get(0).features().length;
    float[] values = new float[examples.size() * length];
    int[] names = new int[examples.size()];
    for (int i = 0; i < names.length; i++) {
      System.arraycopy(examples.get(i).features(), 0, values, i * length, length);
      names[i] = examples.get(i).name();
    }
    return MemoryDataset.ofFloats("digits and symbols", values, names);
  }

  /** The weights of the digits; random ones for names behind them; the other outputs are off. */
  private Map<String, Tensor> start(int names) {
    SymbolsTraining program = new SymbolsTraining();
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.initialise(program, info, SEED);
    Map<String, Tensor> start = new LinkedHashMap<>();
    new StoredTensors(program, info)
        .parameters()
        .forEach((name, random) -> start.put(name, start(name, random, names)));
    return start;
  }

  private Tensor start(String name, Tensor random, int names) {
    float[] learnt = digits.tensors().get(name).values();
    float[] values = random.values().clone();
    int rowLength = values.length / random.dims().get(0);
    System.arraycopy(learnt, 0, values, 0, learnt.length);
    if (name.startsWith("fc2")) {
      float off = name.equals("fc2.bias") ? OFF : 0;
      Arrays.fill(values, names * rowLength, values.length, off);
    }
    return Tensor.of(random.dims(), values);
  }
}
