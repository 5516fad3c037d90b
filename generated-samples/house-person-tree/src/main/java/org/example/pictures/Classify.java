package org.example.pictures;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Says what pictures show, by the weights that ship with the app or by others:
 *
 * <pre>java org.example.pictures.Classify [--weights FILE] PICTURE...</pre>
 */
public final class Classify {
  private Classify() {}

  /** Prints a line for each picture; see above. */
  public static void main(String[] arguments) throws IOException {
    boolean ownWeights = arguments.length > 1 && arguments[0].equals("--weights");
    int firstPicture = ownWeights ? 2 : 0;
    if (arguments.length <= firstPicture) {
      System.err.println("expected pictures: Classify [--weights FILE] PICTURE...");
      System.exit(2);
    }
    HousePersonTree model =
        ownWeights ? HousePersonTree.load(Path.of(arguments[1])) : HousePersonTree.load();
    boolean allRead = true;
    for (int i = firstPicture; i < arguments.length; i++) {
      allRead &= classify(model, Path.of(arguments[i]));
    }
    if (!allRead) {
      System.exit(1);
    }
  }

  private static boolean classify(HousePersonTree model, Path file) {
    BufferedImage image;
    try {
      image = ImageIO.read(file.toFile());
    } catch (IOException e) {
      System.err.println(file + ": " + e.getMessage());
      return false;
    }
    if (image == null) {
      System.err.println(file + ": not a picture that Java can read");
      return false;
    }
    HousePersonTree.Answer answer = HousePersonTreeImages.classify(model, image);
    System.out.printf(
        Locale.ROOT, "%s: %s %.1f %%%n", file, answer.label().text(), 100 * answer.probability());
    return true;
  }
}
