package org.cnnc.training;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.cnnc.runtime.Classification;
import org.cnnc.runtime.Numerics;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.ImageSink;

/**
 * How well a network does on a data set.
 *
 * @param classes names of the classes by number
 * @param confusion images by class, then by the class that the network said
 * @param meanLoss mean cross-entropy: {@code -log} of the right class's probability, which counts
 *     as at least the smallest float
 */
public record Evaluation(List<String> classes, List<List<Integer>> confusion, double meanLoss) {
  /** Images a thread takes at once. */
  private static final int BLOCK = 16;

  public Evaluation {
    classes = List.copyOf(classes);
    confusion = confusion.stream().map(List::copyOf).toList();
  }

  /**
   * Judges all images, with several threads; the result does not depend on their number.
   *
   * @throws IllegalArgumentException if the data have a class that the network has not
   */
  public static Evaluation of(PredictionSession session, Dataset data, int threads) {
    return new Run(session, data).evaluate(threads);
  }

  /** Number of images. */
  public int images() {
    return confusion.stream().flatMap(List::stream).mapToInt(Integer::intValue).sum();
  }

  /** Number of images that the network named rightly. */
  public int correct() {
    return IntStream.range(0, classes.size()).map(i -> confusion.get(i).get(i)).sum();
  }

  /** Part of the images that the network named rightly. */
  public double accuracy() {
    return ratio(correct(), images());
  }

  /** Number of images of a class. */
  public int support(int number) {
    return confusion.get(number).stream().mapToInt(Integer::intValue).sum();
  }

  /** Of the images that the network gave this class, the part that belongs there; 0 if none. */
  public double precision(int number) {
    int said = confusion.stream().mapToInt(row -> row.get(number)).sum();
    return ratio(confusion.get(number).get(number), said);
  }

  /** Of the images of this class, the part that the network found; 0 if none. */
  public double recall(int number) {
    return ratio(confusion.get(number).get(number), support(number));
  }

  /** Harmonic mean of precision and recall; 0 if both are. */
  public double f1(int number) {
    int right = confusion.get(number).get(number);
    int said = confusion.stream().mapToInt(row -> row.get(number)).sum();
    return ratio(2 * right, said + support(number));
  }

  private static double ratio(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** One evaluation at work: threads fill places of their own, the sums come after them. */
  private static final class Run {
    private final PredictionSession session;
    private final Dataset data;
    private final List<String> classes;
    private final int[] said;
    private final float[] losses;
    private final AtomicInteger nextBlock = new AtomicInteger();

    Run(PredictionSession session, Dataset data) {
      this.session = session;
      this.data = data;
      this.classes = classNames(session.info(), data);
      this.said = new int[data.size()];
      this.losses = new float[data.size()];
    }

    private static List<String> classNames(ProgramInfo info, Dataset data) {
      ProgramInfo.OutputInfo output = info.outputs().get(0);
      int count = info.value(output.value()).orElseThrow().elements();
      if (!output.labels().isEmpty()) {
        return output.labels();
      }
      return data.classes().size() == count
          ? data.classes()
          : IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    Evaluation evaluate(int threads) {
      for (int i = 0; i < data.size(); i++) {
        if (data.label(i) < 0 || data.label(i) >= classes.size()) {
          throw new IllegalArgumentException(
              "image " + i + " has class " + data.label(i) + " of " + classes.size());
        }
      }
      Threads.run("cnnc-evaluate", threads, this::takeBlocks);
      double sum = 0;
      int[][] counts = new int[classes.size()][classes.size()];
      for (int i = 0; i < said.length; i++) {
        counts[data.label(i)][said[i]]++;
        sum += losses[i];
      }
      List<List<Integer>> confusion =
          Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList();
      return new Evaluation(classes, confusion, said.length == 0 ? 0 : sum / said.length);
    }

    private void takeBlocks() {
      ScoreSink sink = new ScoreSink(session, classes.size());
      int blocks = (said.length + BLOCK - 1) / BLOCK;
      for (int block = nextBlock.getAndIncrement();
          block < blocks;
          block = nextBlock.getAndIncrement()) {
        int end = Math.min((block + 1) * BLOCK, said.length);
        for (int image = block * BLOCK; image < end; image++) {
          data.read(image, sink);
          said[image] = Classification.of(sink.scores).index();
          float probability = sink.scores[data.label(image)];
          losses[image] = -Numerics.log(Math.max(probability, Float.MIN_VALUE));
        }
      }
    }
  }

  /** Predicts what it gets. */
  private static final class ScoreSink implements ImageSink {
    private final PredictionSession session;
    private final float[] scores;

    ScoreSink(PredictionSession session, int classes) {
      this.session = session;
      this.scores = new float[classes];
    }

    @Override
    public void pixels(byte[] pixels, int offset) {
      session.predict(pixels, offset, scores, 0);
    }

    @Override
    public void floats(float[] values, int offset) {
      session.predict(values, offset, scores, 0);
    }
  }
}
