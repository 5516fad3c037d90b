package org.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Pictures that are asked about together are computed in the groups that a program has. */
class PictureGroupsTest {
  private static final int PICTURES = 200;
  private static final int GROUP = 3;

  private final GreyPrediction program = new GreyPrediction();
  private final PredictionSession session =
      new PredictionSession(program, ProgramInfo.parse(program.description()));

  @Test
  void eachIsAnsweredAsItWouldBeAlone() {
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      pictures.add(grey(1 + i, 1 + i % 4, 1 + i % 3));
    }
    List<float[]> scores = session.predictAll(pictures);
    assertThat(scores).hasSize(PICTURES);
    for (int i = 0; i < PICTURES; i++) {
      assertThat(scores.get(i)).containsExactly(1 + i, -1 - i);
    }
    assertThat(program.groups.stream().mapToInt(images -> images).sum()).isEqualTo(PICTURES);
    assertThat(program.groups).contains(GROUP).allMatch(images -> images <= GROUP);
    assertThat(session.predictAll(List.<Picture>of())).isEmpty();
  }

  /** All pixels of one level: resized, it stays that level. */
  private static Picture grey(int level, int width, int height) {
    int[] argb = new int[width * height];
    Arrays.fill(argb, 0xff000000 | level * 0x10101);
    return new Picture(argb, width, height);
  }

  /** The level of a pixel, and its negative; remembers how many images it was given at once. */
  private static final class GreyPrediction implements Program {
    private static final String DESCRIPTION =
        """
        cnnc "0.1.0"
        model "Grey" hash "abc" kind prediction
        input "image" 1 1 1 scale 1.0 mean 0.0 std 1.0
        images "image" buffer 0 pitch 1 group 3
        buffer worker "image" 3 1
        buffer worker "scores" 3 2
        value "image" dims 1 1 1 buffer 0 pitch 1
        value "scores" dims 2 buffer 1 pitch 2
        output "label" value "scores" labels "light" "dark"
        phase "forward" 1
        """;

    private final Queue<Integer> groups = new ConcurrentLinkedQueue<>();

    private static final class Arena implements Scratch {
      private final float[][] image = new float[GROUP][1];
      private final float[][] scores = new float[GROUP][2];

      @Override
      public float[][] rows(int buffer) {
        return buffer == 0 ? image : scores;
      }
    }

    @Override
    public String description() {
      return DESCRIPTION;
    }

    @Override
    public float[][] rows(int buffer) {
      throw new IllegalArgumentException("all buffers are the workers'");
    }

    @Override
    public Scratch newScratch() {
      return new Arena();
    }

    @Override
    public void run(int phase, int task, int images, Scratch scratch) {
      Arena arena = (Arena) scratch;
      groups.add(images);
      for (int n = 0; n < images; n++) {
        arena.scores[n][0] = arena.image[n][0];
        arena.scores[n][1] = -arena.image[n][0];
      }
    }
  }
}
