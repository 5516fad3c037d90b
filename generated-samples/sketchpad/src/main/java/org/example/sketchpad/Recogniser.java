package org.example.sketchpad;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.runtime.Classification;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;

/**
 * Reads glyphs: the network of {@code Digits.net} up to its features, then the second half with the
 * symbols that it was taught. Immutable, shared by threads; whoever is taught something gets a new
 * one.
 */
final class Recogniser {
  /** The values of the first half that are shown, in the order in which they are computed. */
  private static final List<String> FIRST_HALF =
      List.of("conv1", "relu1", "maxpool1", "conv2", "relu2", "maxpool2");

  /** Those of the second half. */
  private static final List<String> SECOND_HALF =
      List.of("flatten1", "fc1", "relu3", "fc2", "softmax1");

  private static final String FEATURES = "maxpool2";
  private static final String PROBABILITIES = "softmax1";

  private final FirstHalf firstHalf;
  private final PredictionSession secondHalf;
  private final List<String> names;
  private final Map<String, Tensor> weights;

  /**
   * @param names what is known: the digits, then the symbols, one for each output that is in use
   * @param secondHalf weights of {@code Symbols.net}
   * @throws IOException if these are others
   */
  Recogniser(FirstHalf firstHalf, Safetensors secondHalf, List<String> names) throws IOException {
    this.firstHalf = firstHalf;
    this.secondHalf = PredictionSession.load(new SymbolsPrediction(), secondHalf);
    this.names = List.copyOf(names);
    this.weights = new LinkedHashMap<>(firstHalf.weights());
    secondHalf.tensors().forEach((name, tensor) -> weights.put(name, known(name, tensor)));
  }

  /** The names of what it knows, in the order of the probabilities. */
  List<String> names() {
    return names;
  }

  /** The number of the name that a glyph most probably has. */
  int read(Glyph glyph) {
    return read(firstHalf.features(glyph));
  }

  /** As above, from the features of a glyph. */
  int read(float[] features) {
    return Classification.of(secondHalf.predict(features)).index();
  }

  /**
   * Reads a glyph and shows everything on the way: {@code image}, the values of all layers, and at
   * last {@code softmax1}, the probabilities of {@link #names()}. The metadata have the answer, and
   * the names, one a line.
   */
  Safetensors look(Glyph glyph) {
    Map<String, Tensor> path = new LinkedHashMap<>();
    path.put("image", Tensor.of(List.of(1, Glyph.SIZE, Glyph.SIZE), glyph.pixels()));
    path.putAll(firstHalf.look(glyph, FIRST_HALF));
    float[] features = path.get(FEATURES).values();
    PredictionSessions.named(secondHalf, features, SECOND_HALF)
        .forEach((name, tensor) -> path.put(name, known(name, tensor)));
    int best = Classification.of(path.get(PROBABILITIES).values()).index();
    Map<String, String> said = Map.of("answer", names.get(best), "names", String.join("\n", names));
    return new Safetensors("", said, path);
  }

  /** The weights of all layers, those of outputs that are not in use left out. */
  Safetensors weights() {
    return new Safetensors("", Map.of(), weights);
  }

  /** Leaves out the outputs that are not in use, which are rows of the last layer's values. */
  private Tensor known(String name, Tensor tensor) {
    if (!name.startsWith("fc2") && !name.equals(PROBABILITIES)) {
      return tensor;
    }
    List<Integer> dims = new ArrayList<>(tensor.dims());
    int rowLength = tensor.values().length / dims.get(0);
    dims.set(0, names.size());
    return Tensor.of(dims, Arrays.copyOf(tensor.values(), names.size() * rowLength));
  }
}
