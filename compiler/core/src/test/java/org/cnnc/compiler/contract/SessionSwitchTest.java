package org.cnnc.compiler.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.run.Backend;
import org.cnnc.compiler.run.Texts;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.runtime.WeightsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session with two forms of a program, of which the second may be faster, or of no use. */
@Timeout(120)
final class SessionSwitchTest {
  private static final float[] IMAGE = new float[3 * 12 * 12];

  private static Program program() throws IOException {
    return Backend.BYTECODE.load(
        Texts.corpus("backends/lecture.net").program(ProgramKind.PREDICTION));
  }

  private static Program made() {
    try {
      return program();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Safetensors weights(long seed) throws IOException {
    Program program = program();
    ProgramInfo info = ProgramInfo.parse(program.description());
    Parameters.initialise(program, info, seed);
    return new Safetensors("", Map.of(), new StoredTensors(program, info).parameters());
  }

  /** The same program, a millisecond slower a phase. */
  private record Slow(Program program) implements Program {
    @Override
    public String description() {
      return program.description();
    }

    @Override
    public float[][] rows(int buffer) {
      return program.rows(buffer);
    }

    @Override
    public Scratch newScratch() {
      return program.newScratch();
    }

    @Override
    public void run(int phase, int task, int images, Scratch scratch) {
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < 1_000_000) {
        Thread.onSpinWait();
      }
      program.run(phase, task, images, scratch);
    }
  }

  private static void askUntilVectors(PredictionSession session) {
    while (!session.usesVectors()) {
      session.predict(IMAGE);
    }
  }

  @Test
  void otherWeightsGoOnInTheFormThatIsReached() throws IOException, WeightsException {
    AtomicInteger made = new AtomicInteger();
    Supplier<Program> fast =
        () -> {
          made.incrementAndGet();
          return made();
        };
    PredictionSession session = PredictionSession.load(new Slow(program()), fast, weights(1));
    PredictionSession early = session.successor(new Slow(program()), weights(2));
    assertThat(early.usesVectors()).isFalse();
    assertThat(made).hasValue(0);
    float[] first = session.predict(IMAGE);
    askUntilVectors(session);
    assertThat(session.predict(IMAGE)).isEqualTo(first);
    PredictionSession late = session.successor(new Slow(program()), weights(2));
    assertThat(late.usesVectors()).isTrue();
    assertThat(late.predict(IMAGE)).isEqualTo(early.predict(IMAGE)).isNotEqualTo(first);
    assertThat(late.weights().toBytes()).isEqualTo(early.weights().toBytes());
    assertThat(made).hasValue(2);
  }

  @Test
  void aFormThatCannotBeMadeIsDoneWithout()
      throws IOException, WeightsException, InterruptedException {
    CountDownLatch tried = new CountDownLatch(1);
    AtomicInteger attempts = new AtomicInteger();
    Supplier<Program> none =
        () -> {
          attempts.incrementAndGet();
          tried.countDown();
          throw new NoClassDefFoundError("jdk/incubator/vector/FloatVector");
        };
    PredictionSession session = PredictionSession.load(new Slow(program()), none, weights(1));
    float[] first = session.predict(IMAGE);
    while (!tried.await(0, TimeUnit.SECONDS)) {
      session.predict(IMAGE);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(session.predict(IMAGE)).isEqualTo(first);
    }
    assertThat(session.usesVectors()).isFalse();
    assertThat(attempts).hasValue(1);
  }
}
