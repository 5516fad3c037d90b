package org.cnnc.training;

import java.util.List;
import java.util.stream.IntStream;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.training.data.Dataset;

/**
 * How well a network does on a data set.
 *
 * @param classes names of the classes by number
 * @param confusion images by class, then by the class that the network said
 * @param meanLoss mean cross-entropy: {@code -log} of the right class's probability, which counts
 *     as at least the smallest float
 */
public record Evaluation(List<String> classes, List<List<Integer>> confusion, double meanLoss) {
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
    return Outcomes.of(session, data, threads).evaluation();
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
}
