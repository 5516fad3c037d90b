package org.cnnc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.ImageSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
  /** Image i is the two pixels i and 2i; which ones were read is known. */
  private static class Numbers implements Dataset {
    final List<Integer> read = new ArrayList<>();
    private final int size;

    Numbers(int size) {
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public List<String> classes() {
      return List.of();
    }

    @Override
    public String description() {
      return "numbers";
    }

    @Override
    public int label(int image) {
      return 0;
    }

    @Override
    public void read(int image, ImageSink sink) {
      synchronized (read) {
        read.add(image);
        read.notifyAll();
      }
      sink.pixels(new byte[] {99, (byte) image, (byte) (2 * image)}, 1);
    }

    void awaitRead(int images) throws InterruptedException {
      synchronized (read) {
        while (read.size() < images) {
          read.wait();
        }
      }
    }
  }

  private static int take(ReadAhead ahead) {
    int[] number = new int[1];
    ahead.take(
        new ImageSink() {
          @Override
          public void pixels(byte[] pixels, int offset) {
            number[0] = pixels[offset];
            assertThat(pixels[offset + 1]).isEqualTo((byte) (2 * number[0]));
          }

          @Override
          public void floats(float[] values, int offset) {
            throw new AssertionError("no pixels");
          }
        });
    return number[0];
  }

  private static List<Integer> take(ReadAhead ahead, int count) {
    return IntStream.range(0, count).mapToObj(i -> take(ahead)).toList();
  }

  @Test
  void imagesComeInTheirOrderFromAnyPlaceOn() {
    for (int batch : new int[] {1, 3, 4, 12, 100}) {
      try (ReadAhead ahead = new ReadAhead(new Numbers(12), 2, batch)) {
        ahead.begin(new int[] {5, 11, 0, 3, 7, 1, 2, 4, 6, 8, 9, 10}, 0);
        assertThat(take(ahead, 12)).containsExactly(5, 11, 0, 3, 7, 1, 2, 4, 6, 8, 9, 10);
        ahead.begin(new int[] {11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0}, 8);
        assertThat(take(ahead, 4)).containsExactly(3, 2, 1, 0);
        ahead.begin(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 5);
        assertThat(take(ahead, 7)).containsExactly(5, 6, 7, 8, 9, 10, 11);
      }
    }
  }

  @Test
  void twoBatchesAreReadBeforeTheyAreWanted() throws InterruptedException {
    Numbers data = new Numbers(20);
    try (ReadAhead ahead = new ReadAhead(data, 2, 4)) {
      int[] order = IntStream.range(0, 20).toArray();
      ahead.begin(order, 0);
      data.awaitRead(8);
      assertThat(take(ahead, 4)).containsExactly(0, 1, 2, 3);
      assertThat(data.read).hasSize(8); // the first ones are not yet known to be done with
      assertThat(take(ahead)).isEqualTo(4);
      data.awaitRead(12);
      assertThat(data.read).isEqualTo(IntStream.range(0, 12).boxed().toList());
    }
  }

  @Test
  void anOrderIsTakenToItsEnd() {
    try (ReadAhead ahead = new ReadAhead(new Numbers(5), 2, 2)) {
      ahead.begin(new int[] {0, 1, 2, 3, 4}, 0);
      take(ahead, 4);
      assertThatIllegalStateException()
          .isThrownBy(() -> ahead.begin(new int[] {0, 1, 2, 3, 4}, 0))
          .withMessage("4 of 5 images were taken");
    }
  }

  @Test
  void whatGoesWrongReachesTheOtherThreadAfterWhatWasRead() {
    Dataset data =
        new Numbers(6) {
          @Override
          public void read(int image, ImageSink sink) {
            if (image == 4) {
              throw new UncheckedIOException(new IOException("the disk is gone"));
            }
            super.read(image, sink);
          }
        };
    try (ReadAhead ahead = new ReadAhead(data, 2, 2)) {
      ahead.begin(new int[] {0, 1, 2, 3, 4, 5}, 0);
      assertThat(take(ahead, 4)).containsExactly(0, 1, 2, 3);
      assertThatIllegalStateException()
          .isThrownBy(() -> take(ahead))
          .withMessageContaining("the disk is gone")
          .withCauseInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void anInterruptedThreadWaitsAndStaysInterrupted() throws InterruptedException {
    CountDownLatch wanted = new CountDownLatch(1);
    Dataset slow =
        new Numbers(2) {
          @Override
          public void read(int image, ImageSink sink) {
            try {
              wanted.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            super.read(image, sink);
          }
        };
    try (ReadAhead ahead = new ReadAhead(slow, 2, 2)) {
      ahead.begin(new int[] {1, 0}, 0);
      Thread.currentThread().interrupt();
      Thread other = new Thread(wanted::countDown);
      other.start();
      assertThat(take(ahead)).isEqualTo(1);
      assertThat(Thread.interrupted()).isTrue();
      other.join();
    }
  }
}
