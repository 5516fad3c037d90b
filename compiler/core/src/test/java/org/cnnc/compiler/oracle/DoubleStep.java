package org.cnnc.compiler.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.loop.LoopInterpreter;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.LossInfo;
import org.cnnc.runtime.ProgramInfo.NamedBuffer;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;
import org.cnnc.runtime.ProgramInfo.ScalarsInfo;
import org.cnnc.runtime.ProgramInfo.ValueInfo;

/**
 * A training step in double arithmetic, as a function: its loss, and what it says of the loss's
 * derivatives. The learning rate is zero, so that a step leaves the parameters as they are.
 */
final class DoubleStep {
  private static final String IMAGE_GRADIENT_PREFIX = "d_";

  /** A number that the loss depends on, and where the step leaves the derivative by it. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Variable(String owner, double[] values, int place, double[] gradients, int gradient) {
    double get() {
      return values[place];
    }

    void set(double value) {
      values[place] = value;
    }

    double derivative() {
      return gradients[gradient];
    }

    @Override
    public String toString() {
      return owner + " at " + place;
    }
  }

  private final LoopProgram program;
  private final LoopInterpreter interpreter;
  private final ProgramInfo info;
  private final int images;

  /** A step whose derivatives include those by the image. */
  DoubleStep(CompiledProgram compiled) {
    this.program = compiled.plan().program();
    this.interpreter = LoopInterpreter.inDouble(program, 8);
    this.info = ProgramInfo.parse(compiled.plan().description());
    this.images = info.batch();
    ScalarsInfo scalars = info.scalars().orElseThrow();
    rows(scalars.buffer())[0][scalars.names().indexOf("inverse_images")] = 1.0 / images;
  }

  /** Draws parameters between -1/2 and 1/2, and classes or a tensor as targets. */
  void initialise(Random random, int classes) {
    for (ParameterInfo parameter : info.parameters()) {
      for (double[] row : rows(parameter.buffer())) {
        for (int i = 0; i < row.length; i++) {
          row[i] = random.nextDouble() - 0.5;
        }
      }
    }
    for (double[] row : rows(info.loss().orElseThrow().targetsBuffer())) {
      for (int i = 0; i < row.length; i++) {
        row[i] = judgesClasses() ? random.nextInt(classes) : random.nextDouble() * 2 - 1;
      }
    }
  }

  /** Sets all images, dense [n, C, H, W]. */
  void setImages(double[] dense) {
    List<Variable> pixels = pixels();
    for (int i = 0; i < dense.length; i++) {
      pixels.get(i).set(dense[i]);
    }
  }

  /** How many numbers all images have. */
  int pixelCount() {
    return images * info.input().elements();
  }

  private boolean judgesClasses() {
    return info.loss().orElseThrow().kind().equals("cross_entropy");
  }

  /** The numbers of one image, [C, H, W]. */
  double[] image(int number) {
    int elements = info.input().elements();
    return pixels().stream()
        .skip((long) number * elements)
        .limit(elements)
        .mapToDouble(Variable::get)
        .toArray();
  }

  /** The class of an image. */
  int target(int number) {
    return (int) rows(info.loss().orElseThrow().targetsBuffer())[0][number];
  }

  /** Element (i, j, ...) of a parameter, addressed as in PyTorch. */
  double parameter(String name, int... indices) {
    ParameterInfo parameter = info.parameter(name).orElseThrow();
    int place = 0;
    for (int axis = 0; axis < indices.length; axis++) {
      place += indices[axis] * parameter.strides().get(axis);
    }
    double[][] rows = rows(parameter.buffer());
    return rows[place / rows[0].length][place % rows[0].length];
  }

  /** Images of a step. */
  int images() {
    return images;
  }

  /** Runs the step: the mean cross-entropy, or the sum of the inner products. */
  double loss() {
    interpreter.runStep(images);
    LossInfo loss = info.loss().orElseThrow();
    double sum = 0;
    for (int i = 0; i < images; i++) {
      sum += rows(loss.lossesBuffer())[0][i];
    }
    return judgesClasses() ? sum / images : sum;
  }

  /** Every number of every image; with derivatives where the program computes them. */
  List<Variable> pixels() {
    ValueInfo image = info.images();
    ValueInfo gradient = info.value(IMAGE_GRADIENT_PREFIX + image.name()).orElse(image);
    List<Variable> variables = new ArrayList<>();
    for (int row = 0; row < images * image.rowsPerImage(); row++) {
      for (int y = 0; y < image.dims().get(1); y++) {
        for (int x = 0; x < image.dims().get(2); x++) {
          variables.add(
              new Variable(
                  "row " + row + " of the images",
                  rows(image.buffer())[row],
                  y * image.pitch() + x,
                  rows(gradient.buffer())[row],
                  y * gradient.pitch() + x));
        }
      }
    }
    return variables;
  }

  /** Every element of every parameter; a gradient is stored as its parameter is. */
  List<Variable> parameters() {
    List<Variable> variables = new ArrayList<>();
    for (NamedBuffer gradient : info.gradients()) {
      ParameterInfo parameter = info.parameter(gradient.name()).orElseThrow();
      double[][] values = rows(parameter.buffer());
      double[][] gradients = rows(gradient.buffer());
      for (int row = 0; row < values.length; row++) {
        for (int i = 0; i < values[row].length; i++) {
          String owner = "row " + row + " of " + parameter.name();
          variables.add(new Variable(owner, values[row], i, gradients[row], i));
        }
      }
    }
    return variables;
  }

  private double[][] rows(int buffer) {
    return interpreter.doubleRows(program.buffers().get(buffer).name());
  }
}
