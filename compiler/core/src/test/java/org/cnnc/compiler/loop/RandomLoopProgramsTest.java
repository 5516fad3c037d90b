package org.cnnc.compiler.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RandomLoopProgramsTest {
  private static final int PROGRAMS = 300;

  @Test
  void programsAreLegalAndRun() {
    for (long seed = 0; seed < PROGRAMS; seed++) {
      LoopProgram program = RandomLoopPrograms.of(seed);
      LoopVerifier.verify(program);
      LoopInterpreter interpreter = LoopInterpreter.inFloat(program, 8, RuntimeIntrinsics.ALL);
      RandomLoopPrograms.fill(interpreter, program, seed);
      interpreter.runStep(program.maxImages());
      int numbers = 0;
      int tellingNumbers = 0;
      for (Buffer buffer : program.buffers()) {
        for (float[] row : interpreter.rows(buffer.name())) {
          for (float value : row) {
            numbers++;
            tellingNumbers += Float.isFinite(value) ? 1 : 0;
          }
        }
      }
      assertThat(tellingNumbers).as("finite numbers, seed " + seed).isGreaterThan(numbers / 2);
    }
  }

  @Test
  void theSameSeedGivesTheSameProgram() {
    assertThat(RandomLoopPrograms.of(11)).isEqualTo(RandomLoopPrograms.of(11));
    assertThat(RandomLoopPrograms.of(11)).isNotEqualTo(RandomLoopPrograms.of(12));
  }

  @Test
  void everyKindOfNodeOccurs() {
    StringBuilder text = new StringBuilder();
    for (long seed = 0; seed < PROGRAMS; seed++) {
      text.append(LoopPrinter.print(RandomLoopPrograms.of(seed)));
    }
    Set<String> missing = new TreeSet<>();
    for (String part :
        new String[] {
          "\n  for ",
          "unrolled for",
          "vector for",
          "let s",
          "let v",
          "array a",
          "copy ",
          "fill ",
          "call helper",
          "block:",
          "s0 = ",
          "v0 = ",
          " ..] = ",
          " ..]",
          "fma(",
          "max(",
          "min(",
          "abs(",
          "sqrt(",
          "exp(",
          "log(",
          "tanh(",
          "select(",
          "broadcast(",
          "float(",
          " == ",
          " <= ",
          " < ",
          " / ",
          " % ",
          " * ",
          "-("
        }) {
      if (text.indexOf(part) < 0) {
        missing.add(part);
      }
    }
    assertThat(missing).isEmpty();
  }
}
