package org.example.pictures;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Draws pictures of houses, persons and trees, to learn from and to be tested with:
 *
 * <pre>java org.example.pictures.PictureGenerator FOLDER [--seed 1] [--train 3000] [--test 300]
 * </pre>
 *
 * <p>The numbers are pictures of each class. They go into {@code FOLDER/train/house/0001.png} and
 * so on, and {@code FOLDER/test/...}. Shape, colours, size, place, background, clutter and noise
 * vary at random; every picture follows from the seed and its name, on any machine to the same
 * pixels.
 */
public final class PictureGenerator {
  /** Width and height of a picture, in pixels. */
  public static final int PIXELS = Canvas.PIXELS;

  private final long seed;

  /** A generator whose pictures follow from this seed. */
  public PictureGenerator(long seed) {
    this.seed = seed;
  }

  /** Draws the pictures; see above. */
  public static void main(String[] arguments) throws IOException {
    Arguments given = Arguments.parse(arguments);
    ImageIO.setUseCache(false);
    PictureGenerator generator = new PictureGenerator(given.seed());
    generator.write(given.folder(), "train", given.train());
    generator.write(given.folder(), "test", given.test());
    int classes = Subject.values().length;
    System.out.printf(
        Locale.ROOT,
        "%d pictures to learn from and %d to be tested with in %s%n",
        classes * given.train(),
        classes * given.test(),
        given.folder());
  }

  private void write(Path folder, String part, int pictures) throws IOException {
    for (Subject subject : Subject.values()) {
      Path classFolder = Files.createDirectories(folder.resolve(part).resolve(subject.folder()));
      for (int number = 1; number <= pictures; number++) {
        String name = String.format(Locale.ROOT, "%04d", number);
        int[] pixels = draw(subject, part + "/" + subject.folder() + "/" + name);
        BufferedImage image = new BufferedImage(PIXELS, PIXELS, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, PIXELS, PIXELS, pixels, 0, PIXELS);
        ImageIO.write(image, "png", classFolder.resolve(name + ".png").toFile());
      }
    }
  }

  /** The picture of this name: pixels row by row, as 0xRRGGBB. */
  private int[] draw(Subject subject, String name) {
    Dice dice = new Dice(seed, name);
    Canvas canvas = new Canvas();
    Scenery scenery = new Scenery(canvas, dice);
    scenery.drawBackground();
    scenery.drawClutter(4, 20);
    subject.draw(canvas, dice, scenery.colours());
    scenery.drawClutter(1, 12);
    return scenery.photograph();
  }
}
