package org.cnnc.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.cnnc.runtime.Classification;
import org.cnnc.runtime.Numerics;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.training.data.Dataset;

/**
 * What a network said of each image of a data set: more than the counts of an {@link Evaluation},
 * for those who ask which mistakes it makes, and how far its probabilities can be trusted.
 *
 * <p>Immutable; a few bytes an image.
 */
public final class Outcomes {
  private final List<String> classes;
  private final int[] right;
  private final int[] said;
  private final float[] saidProbability;
  private final float[] rightProbability;
  private final int[] rank;

  private Outcomes(List<String> classes, int[] right) {
    this.classes = List.copyOf(classes);
    this.right = right;
    this.said = new int[right.length];
    this.saidProbability = new float[right.length];
    this.rightProbability = new float[right.length];
    this.rank = new int[right.length];
  }

  /**
   * Judges all images, with several threads; the result does not depend on their number.
   *
   * @throws IllegalArgumentException if the data have a class that the network has not
   */
  public static Outcomes of(PredictionSession session, Dataset data, int threads) {
    List<String> classes = classNames(session.info(), data);
    int[] right = new int[data.size()];
    for (int i = 0; i < right.length; i++) {
      right[i] = data.label(i);
      if (right[i] < 0 || right[i] >= classes.size()) {
        throw new IllegalArgumentException(
            "image " + i + " has class " + right[i] + " of " + classes.size());
      }
    }
    Outcomes outcomes = new Outcomes(classes, right);
    Run run = new Run(outcomes, session, data);
    Threads.run("cnnc-evaluate", threads, run::takeBlocks);
    return outcomes;
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

  /**
   * An image that was named wrongly.
   *
   * @param image its number in the data
   * @param right number of its class
   * @param said number of the class that the network said
   * @param rightProbability what the network gave its class
   * @param saidProbability what it gave the class that it said
   */
  public record Mistake(
      int image, int right, int said, float rightProbability, float saidProbability) {}

  /**
   * Answers of about the same confidence.
   *
   * @param from the least probability that the answers were given
   * @param to the most
   * @param images how many there are
   * @param confidence mean of their probabilities; NaN if there are none
   * @param accuracy part of them that is right; NaN if there are none
   */
  public record Confidence(
      double from, double to, int images, double confidence, double accuracy) {}

  /** Names of the classes by number. */
  public List<String> classes() {
    return classes;
  }

  /** Number of images. */
  public int images() {
    return right.length;
  }

  /** Counts, and the mean loss. */
  public Evaluation evaluation() {
    double sum = 0;
    int[][] counts = new int[classes.size()][classes.size()];
    for (int i = 0; i < right.length; i++) {
      counts[right[i]][said[i]]++;
      sum += -Numerics.log(Math.max(rightProbability[i], Float.MIN_VALUE));
    }
    List<List<Integer>> confusion =
        Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList();
    return new Evaluation(classes, confusion, right.length == 0 ? 0 : sum / right.length);
  }

  /**
   * Part of the images whose class is among the {@code k} that the network gave most; of equally
   * probable classes the one with the smaller number comes first.
   */
  public double topAccuracy(int k) {
    return right.length == 0
        ? 0
        : (double) Arrays.stream(rank).filter(place -> place < k).count() / right.length;
  }

  /** The mistakes, from the one whose right class was thought least probable on. */
  public List<Mistake> worstMistakes(int most) {
    List<Mistake> mistakes = new ArrayList<>();
    for (int i = 0; i < right.length; i++) {
      if (said[i] != right[i]) {
        mistakes.add(new Mistake(i, right[i], said[i], rightProbability[i], saidProbability[i]));
      }
    }
    mistakes.sort(
        Comparator.comparingDouble(Mistake::rightProbability).thenComparingInt(Mistake::image));
    return Collections.unmodifiableList(mistakes.subList(0, Math.min(most, mistakes.size())));
  }

  /**
   * Answers by their probability, in ranges of the same width from 0 to 1: where confidence and
   * accuracy are alike, probabilities can be taken at their word.
   */
  public List<Confidence> calibration(int ranges) {
    int[] count = new int[ranges];
    int[] correct = new int[ranges];
    double[] sum = new double[ranges];
    for (int i = 0; i < right.length; i++) {
      int range = Math.min(ranges - 1, (int) (saidProbability[i] * ranges));
      count[range]++;
      correct[range] += said[i] == right[i] ? 1 : 0;
      sum[range] += saidProbability[i];
    }
    return IntStream.range(0, ranges)
        .mapToObj(
            i ->
                new Confidence(
                    (double) i / ranges,
                    (double) (i + 1) / ranges,
                    count[i],
                    sum[i] / count[i],
                    (double) correct[i] / count[i]))
        .toList();
  }

  /**
   * Expected calibration error: how far confidence and accuracy are apart, in the mean over all
   * images; 0 is perfect.
   */
  public double calibrationError(int ranges) {
    return right.length == 0
        ? 0
        : calibration(ranges).stream()
                .filter(range -> range.images() > 0)
                .mapToDouble(
                    range -> range.images() * Math.abs(range.confidence() - range.accuracy()))
                .sum()
            / right.length;
  }

  /** One judgement at work: threads fill places of their own. */
  private static final class Run {
    /** Images a thread takes at once. */
    private static final int BLOCK = 16;

    private final Outcomes outcomes;
    private final PredictionSession session;
    private final Dataset data;
    private final AtomicInteger nextBlock = new AtomicInteger();

    Run(Outcomes outcomes, PredictionSession session, Dataset data) {
      this.outcomes = outcomes;
      this.session = session;
      this.data = data;
    }

    void takeBlocks() {
      AnsweredImages block = new AnsweredImages(session, outcomes.classes.size(), BLOCK);
      int blocks = (outcomes.right.length + BLOCK - 1) / BLOCK;
      for (int number = nextBlock.getAndIncrement();
          number < blocks;
          number = nextBlock.getAndIncrement()) {
        int first = number * BLOCK;
        int count = Math.min(BLOCK, outcomes.right.length - first);
        for (int image = 0; image < count; image++) {
          data.read(first + image, block);
        }
        block.answer();
        for (int image = 0; image < count; image++) {
          record(first + image, block.scores(image));
        }
      }
    }

    private void record(int image, float[] scores) {
      int right = outcomes.right[image];
      int said = Classification.of(scores).index();
      outcomes.said[image] = said;
      outcomes.saidProbability[image] = scores[said];
      outcomes.rightProbability[image] = scores[right];
      int before = 0;
      for (int i = 0; i < scores.length; i++) {
        if (scores[i] > scores[right] || (scores[i] == scores[right] && i < right)) {
          before++;
        }
      }
      outcomes.rank[image] = before;
    }
  }
}
