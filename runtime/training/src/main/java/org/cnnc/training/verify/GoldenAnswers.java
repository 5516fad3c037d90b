package org.cnnc.training.verify;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.runtime.ProgramInfo.OutputInfo;
import org.cnnc.runtime.ProgramInfo.ValueInfo;
import org.cnnc.runtime.RandomSource;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.runtime.WeightsException;
import org.cnnc.training.ParametersDigest;

/**
 * Images, and every bit that a model with certain weights answers to each: a safetensors file with
 * the images and a tensor for each output. It knows the model and the weights that it was made for,
 * so that other weights are not taken for wrong answers.
 */
public final class GoldenAnswers {
  /** The file's name is that of the model's class with this ending. */
  public static final String ENDING = ".golden.safetensors";

  private static final int IMAGES = 8;
  private static final long SEED = 1;
  private static final String IMAGES_KEY = "images";
  private static final String ANSWERS_PREFIX = "answers.";
  private static final String ORIGIN_KEY = "cnnc.origin";
  private static final String WEIGHTS_KEY = "cnnc.weights";

  private final Safetensors file;

  private GoldenAnswers(Safetensors file) {
    this.file = file;
  }

  /**
   * Asks a program that is known to be right.
   *
   * @param oracle predicts
   * @param origin who makes the file of what, for people who find it
   * @throws WeightsException if the weights are not this model's, or not finite
   */
  public static GoldenAnswers of(Program oracle, Safetensors weights, String origin)
      throws WeightsException {
    PredictionSession session = PredictionSession.load(oracle, weights);
    ProgramInfo info = session.info();
    InputInfo input = info.input();
    float[] images = new NoiseImages(input, RandomSource.of(SEED, IMAGES_KEY)).next(IMAGES);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<Integer> dims = List.of(IMAGES, input.channels(), input.height(), input.width());
    tensors.put(IMAGES_KEY, Tensor.of(dims, images));
    for (OutputInfo output : info.outputs()) {
      ValueInfo value = info.value(output.value()).orElseThrow();
      tensors.put(
          ANSWERS_PREFIX + output.name(),
          answers(value, images, image -> session.predict(image, value.name())));
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(ORIGIN_KEY, origin);
    metadata.put(Parameters.HASH_KEY, info.hash());
    metadata.put(WEIGHTS_KEY, ParametersDigest.of(session.weights().tensors()));
    return new GoldenAnswers(new Safetensors(info.model() + ENDING, metadata, tensors));
  }

  private static Tensor answers(ValueInfo value, float[] images, UnaryOperator<float[]> ask) {
    int elements = value.elements();
    int size = images.length / IMAGES;
    float[] answers = new float[IMAGES * elements];
    for (int i = 0; i < IMAGES; i++) {
      float[] answer = ask.apply(Arrays.copyOfRange(images, i * size, (i + 1) * size));
      System.arraycopy(answer, 0, answers, i * elements, elements);
    }
    List<Integer> dims = new ArrayList<>(List.of(IMAGES));
    dims.addAll(value.dims());
    return Tensor.of(dims, answers);
  }

  /** The bytes of the file. */
  public byte[] toBytes() {
    return file.toBytes();
  }

  /**
   * Reads a file from a stream, which is closed.
   *
   * @param in null if there is no such resource
   * @param name for messages
   * @throws IOException if it cannot be read, or is not in the format
   */
  public static GoldenAnswers read(InputStream in, String name) throws IOException {
    if (in == null) {
      throw new FileNotFoundException("no resource " + name + " beside the test");
    }
    try (in) {
      return new GoldenAnswers(Safetensors.read(in, name));
    }
  }

  /**
   * Verifies that a model answers every image as it did when the file was made, bit for bit; all
   * that are not numbers count as equal.
   *
   * @param program a new one of the model, its parameters not yet set
   * @param weights those that the model has
   * @param model what the model answers with its first output; others the program is asked for
   * @throws WeightsException if the weights do not fit the program
   * @throws AssertionError if the file was made for another model or for other weights, or an
   *     answer is another; the message says which
   */
  public void verify(Program program, Safetensors weights, UnaryOperator<float[]> model)
      throws WeightsException {
    PredictionSession session = sessionOf(program, weights);
    List<OutputInfo> outputs = session.info().outputs();
    expectAnswers(outputs.get(0).name(), model);
    expectAnswers(outputs.subList(1, outputs.size()), session);
  }

  /**
   * The same of a program that no model asks, such as its form with vectors.
   *
   * @param program a new one of the model, its parameters not yet set
   * @param weights those that the model has
   * @throws WeightsException if the weights do not fit the program
   * @throws AssertionError as {@link #verify(Program, Safetensors, UnaryOperator)}
   */
  public void verify(Program program, Safetensors weights) throws WeightsException {
    PredictionSession session = sessionOf(program, weights);
    expectAnswers(session.info().outputs(), session);
  }

  private PredictionSession sessionOf(Program program, Safetensors weights)
      throws WeightsException {
    PredictionSession session = PredictionSession.load(program, weights);
    expectMadeFor("the model with hash ", Parameters.HASH_KEY, session.info().hash());
    String identity = ParametersDigest.of(session.weights().tensors());
    expectMadeFor("the weights with SHA-256 ", WEIGHTS_KEY, identity);
    return session;
  }

  private void expectAnswers(List<OutputInfo> outputs, PredictionSession session) {
    for (OutputInfo output : outputs) {
      expectAnswers(output.name(), image -> session.predict(image, output.value()));
    }
  }

  private void expectMadeFor(String what, String key, String found) {
    String expected = file.metadata().get(key);
    if (!found.equals(expected)) {
      throw new AssertionError(
          file.source()
              + " was made for "
              + what
              + expected
              + ", found "
              + found
              + "; this is no wrong answer: let cnnc make the test anew");
    }
  }

  private void expectAnswers(String output, UnaryOperator<float[]> ask) {
    Tensor images = tensor(IMAGES_KEY);
    Tensor answers = tensor(ANSWERS_PREFIX + output);
    int count = images.dims().get(0);
    int size = images.values().length / count;
    int elements = answers.values().length / count;
    for (int i = 0; i < count; i++) {
      float[] image = Arrays.copyOfRange(images.values(), i * size, (i + 1) * size);
      float[] expected = Arrays.copyOfRange(answers.values(), i * elements, (i + 1) * elements);
      expectSame("image " + i + ", output \"" + output + "\"", expected, ask.apply(image));
    }
  }

  private Tensor tensor(String name) {
    Tensor tensor = file.tensors().get(name);
    if (tensor == null) {
      throw new AssertionError(
          file.source() + ": expected a tensor \"" + name + "\", there is none");
    }
    return tensor;
  }

  private void expectSame(String what, float[] expected, float[] found) {
    Optional<String> difference = SameBits.difference(what, expected, found);
    if (difference.isPresent()) {
      throw new AssertionError(file.source() + ": " + difference.get());
    }
  }
}
