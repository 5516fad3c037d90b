package org.cnnc.compiler.verify;

import java.util.Arrays;
import java.util.function.Consumer;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.NamedBuffer;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;
import org.cnnc.runtime.ProgramInfo.PhaseInfo;

/**
 * A program that learns something else than the gradient of one parameter: what a step changes of
 * the optimizer's first state, or of the parameter itself where there is none, is mistaken.
 */
final class WrongGradient implements Program {
  private final Program right;
  private final ProgramInfo info;
  private final int buffer;
  private final Consumer<float[]> mistake;
  private float[] before = {};

  /**
   * A wrong program.
   *
   * @param mistake changes all elements of a change, one row after the other
   */
  WrongGradient(Program right, String parameter, Consumer<float[]> mistake) {
    this.right = right;
    this.info = ProgramInfo.parse(right.description());
    ParameterInfo wanted = info.parameter(parameter).orElseThrow();
    this.buffer =
        info.states().stream()
            .filter(state -> info.parameterOf(state).equals(wanted))
            .mapToInt(NamedBuffer::buffer)
            .findFirst()
            .orElse(wanted.buffer());
    this.mistake = mistake;
  }

  static void tenPercentMore(float[] gradient) {
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= 1.1f;
    }
  }

  /** Wrong by half the length of the whole gradient. */
  static void firstElement(float[] gradient) {
    double squares = 0;
    for (float element : gradient) {
      squares += (double) element * element;
    }
    gradient[0] += (float) (0.5 * Math.sqrt(squares));
  }

  /** The last bit of one element. */
  static void oneBit(float[] gradient) {
    gradient[1] = Math.nextUp(gradient[1]);
  }

  static void notANumber(float[] gradient) {
    Arrays.fill(gradient, Float.NaN);
  }

  @Override
  public String description() {
    return right.description();
  }

  @Override
  public float[][] rows(int number) {
    return right.rows(number);
  }

  @Override
  public Scratch newScratch() {
    return right.newScratch();
  }

  /** Tasks of a phase run in their order, on one thread. */
  @Override
  public void run(int phase, int task, int images, Scratch scratch) {
    PhaseInfo running = info.phases().get(phase);
    if (running.updates() && task == 0) {
      before = all();
    }
    right.run(phase, task, images, scratch);
    if (running.updates() && task == running.tasks() - 1) {
      learnWrongly();
    }
  }

  private float[] all() {
    float[][] rows = right.rows(buffer);
    int length = rows[0].length;
    float[] all = new float[rows.length * length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * length, length);
    }
    return all;
  }

  private void learnWrongly() {
    float[] change = all();
    for (int i = 0; i < change.length; i++) {
      change[i] -= before[i];
    }
    mistake.accept(change);
    float[][] rows = right.rows(buffer);
    int length = rows[0].length;
    for (int i = 0; i < change.length; i++) {
      rows[i / length][i % length] = before[i] + change[i];
    }
  }
}
