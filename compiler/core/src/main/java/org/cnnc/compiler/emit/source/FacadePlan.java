package org.cnnc.compiler.emit.source;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cnnc.compiler.emit.ClassHeader;
import org.cnnc.compiler.emit.ConstantPlan;

/**
 * The class that an app names: a model with its weights, which answers.
 *
 * @param header names and comment; the weights' resource has the simple name too
 * @param prediction the classes that predict
 * @param training the classes that train, where an app can go on teaching
 * @param inputDims [channels, height, width]
 * @param preprocessing how pixels become input, a sentence for readers
 * @param outputSize number of scores
 * @param labels exact texts, one a score; empty when the model names none
 * @param features what the layers before the classifier give, where there are such
 * @param constants public constants: sizes of arenas
 */
public record FacadePlan(
    ClassHeader header,
    ProgramForms prediction,
    Optional<ProgramForms> training,
    List<Integer> inputDims,
    String preprocessing,
    int outputSize,
    List<String> labels,
    Optional<Features> features,
    List<ConstantPlan> constants) {
  public FacadePlan {
    inputDims = List.copyOf(inputDims);
    labels = List.copyOf(labels);
    constants = List.copyOf(constants);
    if (inputDims.size() != 3) {
      throw new IllegalArgumentException("an input of dims " + inputDims);
    }
    if (!labels.isEmpty() && labels.size() != outputSize) {
      throw new IllegalArgumentException(labels.size() + " labels for " + outputSize + " scores");
    }
  }

  /**
   * The forms of a program's class, one at least: simple names, in the same package.
   *
   * @param plain for any Java
   * @param vector for the Vector API
   */
  public record ProgramForms(Optional<String> plain, Optional<String> vector) {
    public ProgramForms {
      if (plain.isEmpty() && vector.isEmpty()) {
        throw new IllegalArgumentException("no class of the program");
      }
    }

    /** The one that every Java has that has one. */
    String first() {
      return plain.or(() -> vector).orElseThrow();
    }

    /** Whether it begins in the first form and goes over to the second. */
    boolean switches() {
      return plain.isPresent() && vector.isPresent();
    }
  }

  /**
   * A value that can be read beside the answer.
   *
   * @param value its name
   * @param dims [channels, height, width], or [elements]
   */
  public record Features(String value, List<Integer> dims) {
    public Features {
      dims = List.copyOf(dims);
    }
  }

  /** Whether pictures fit the input: grey or colour. */
  public boolean takesPictures() {
    return inputDims.get(0) == 1 || inputDims.get(0) == 3;
  }

  /** File name of the weights that lie beside the class. */
  public String weightsResource() {
    return header.className() + ".safetensors";
  }

  /** A shape for readers: {@code [3, 32, 32]}. */
  static String shape(List<Integer> dims) {
    return dims.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A number of elements for readers: {@code 3 * 32 * 32}. */
  static String product(List<Integer> dims) {
    return dims.stream().map(String::valueOf).collect(Collectors.joining(" * "));
  }
}
