package org.cnnc.compiler.verify;

import java.util.Arrays;
import java.util.function.Consumer;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.NamedBuffer;

/** A program that says something else than it computed of one parameter's gradient. */
final class WrongGradient implements Program {
  private final Program right;
  private final int buffer;
  private final Consumer<float[]> mistake;

  /**
   * A wrong program.
   *
   * @param mistake changes all elements of the gradient's buffer, one row after the other
   */
  WrongGradient(Program right, String parameter, Consumer<float[]> mistake) {
    this.right = right;
    this.buffer =
        ProgramInfo.parse(right.description()).gradients().stream()
            .filter(gradient -> gradient.name().equals(parameter))
            .mapToInt(NamedBuffer::buffer)
            .findFirst()
            .orElseThrow();
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
    float[][] rows = right.rows(number);
    if (number != buffer) {
      return rows;
    }
    int length = rows[0].length;
    float[] all = new float[rows.length * length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * length, length);
    }
    mistake.accept(all);
    float[][] wrong = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      wrong[i] = Arrays.copyOfRange(all, i * length, (i + 1) * length);
    }
    return wrong;
  }

  @Override
  public Scratch newScratch() {
    return right.newScratch();
  }

  @Override
  public void run(int phase, int task, int images, Scratch scratch) {
    right.run(phase, task, images, scratch);
  }
}
