package org.cnnc.compiler.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.LoopInterpreter;
import org.cnnc.compiler.loop.LoopPrinter;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.LoopVerifier;
import org.cnnc.compiler.loop.RandomLoopPrograms;
import org.cnnc.compiler.loop.RuntimeIntrinsics;

/** Runs a program before and after a pass on the same random numbers. */
final class SameMeaning {
  private SameMeaning() {}

  /** Applies the pass; its result is legal and computes the same bits in every buffer. */
  static LoopProgram apply(LoopPass pass, LoopProgram before) {
    LoopVerifier.verify(before);
    LoopProgram after = pass.apply(before);
    LoopVerifier.verify(after);
    for (int lanes : new int[] {4, 16}) {
      for (int images : new int[] {1, before.maxImages()}) {
        LoopInterpreter expected = run(before, lanes, images);
        LoopInterpreter actual = run(after, lanes, images);
        for (Buffer buffer : before.buffers()) {
          assertThat(bits(actual.rows(buffer.name())))
              .as(() -> difference(pass, before, after, buffer))
              .isDeepEqualTo(bits(expected.rows(buffer.name())));
        }
      }
    }
    return after;
  }

  private static String difference(
      LoopPass pass, LoopProgram before, LoopProgram after, Buffer buffer) {
    return pass.name()
        + " changed "
        + buffer.name()
        + "\n"
        + LoopPrinter.print(before)
        + "\n->\n"
        + LoopPrinter.print(after);
  }

  private static LoopInterpreter run(LoopProgram program, int lanes, int images) {
    LoopInterpreter interpreter = LoopInterpreter.inFloat(program, lanes, RuntimeIntrinsics.ALL);
    RandomLoopPrograms.fill(interpreter, program, 1);
    interpreter.runStep(images);
    return interpreter;
  }

  /** All NaNs are one. */
  private static int[][] bits(float[][] rows) {
    int[][] bits = new int[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      bits[row] = new int[rows[row].length];
      for (int i = 0; i < bits[row].length; i++) {
        bits[row][i] = Float.floatToIntBits(rows[row][i]);
      }
    }
    return bits;
  }
}
