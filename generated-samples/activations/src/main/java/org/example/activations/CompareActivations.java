package org.example.activations;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.cnnc.training.TrainingException;

/** Does the exercise, draws the picture, and says what it shows. */
public final class CompareActivations {
  private static final int EPOCHS = 8;

  private CompareActivations() {}

  /**
   * Compares.
   *
   * @param arguments the picture to write (curves.png), and the folder of digits to learn (data)
   */
  public static void main(String[] arguments) {
    Path picture = Path.of(arguments.length > 0 ? arguments[0] : "curves.png");
    Path data = Path.of(arguments.length > 1 ? arguments[1] : "data");
    try {
      List<Curve> curves = new Exercise(data, EPOCHS).run();
      CurvePicture.write(curves, picture);
      for (Curve curve : curves) {
        System.out.printf(Locale.ROOT, "%-10s  loss %.3f%n", curve.activation(), curve.finalLoss());
      }
      System.out.println(Findings.sentence(curves));
      System.out.println("The curves: " + picture);
    } catch (IOException | TrainingException e) {
      System.err.println("error: " + e.getMessage());
      System.exit(1);
    }
  }
}
