package org.cnnc.samples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.example.sketchpad.Browser;

/**
 * Whether the texts of what the browser shows can be read: the colour of each is held against the
 * pixels that lie below it, by the contrast that WCAG 2 defines. Unlike axe-core it knows SVG.
 */
final class Legibility {
  /** WCAG's level AA: for texts, and for those of at least 24 pixels, or 18.66 in bold. */
  private static final double LEAST = 4.5;

  private static final double LEAST_OF_LARGE = 3;

  /** A colour below a text counts from this part of its box on: not a line that runs by. */
  private static final double PART = 0.1;

  /** Words, box, colour and size of each text that is seen. */
  private static final String TEXTS =
      """
      const texts = [];
      const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const text = walker.currentNode;
        const element = text.parentElement;
        if (!text.data.trim() || element.closest('style, title, script')) continue;
        const style = getComputedStyle(element);
        const colour = element instanceof SVGElement ? style.fill : style.color;
        const view = element.closest('.scroll')?.getBoundingClientRect();
        const range = document.createRange();
        range.selectNodeContents(text);
        for (const box of range.getClientRects()) {
          if (box.width < 1 || view && (box.left < view.left || box.right > view.right)) continue;
          texts.push([text.data.trim(), box.left + scrollX, box.top + scrollY, box.width,
            box.height, ...colour.match(/[\\d.]+/g).slice(0, 3), parseFloat(style.fontSize),
            style.fontWeight].map(String));
        }
      }
      return texts;
      """;

  private static final String HIDE =
      """
      const style = document.createElementNS('http://www.w3.org/1999/xhtml', 'style');
      style.textContent =
        '* { -webkit-text-fill-color: transparent !important } text { fill: transparent !important }';
      document.documentElement.append(style);
      return style;
      """;

  private Legibility() {}

  /** A text in the page, in pixels of the page. */
  record Text(
      String words, double x, double y, double width, double height, int rgb, double least) {
    private static Text of(List<?> numbers) {
      double[] n = new double[9];
      for (int i = 0; i < n.length; i++) {
        n[i] = Double.parseDouble(numbers.get(i + 1).toString());
      }
      int rgb = (int) n[4] << 16 | (int) n[5] << 8 | (int) n[6];
      boolean large = n[7] >= 24 || (n[7] >= 18.66 && n[8] >= 700);
      return new Text(
          numbers.get(0).toString(), n[0], n[1], n[2], n[3], rgb, large ? LEAST_OF_LARGE : LEAST);
    }

    /** Whether both want the same place; a pixel of their boxes is the space around letters. */
    boolean covers(Text other) {
      return Math.min(x + width, other.x + other.width) - Math.max(x, other.x) > 1
          && Math.min(y + height, other.y + other.height) - Math.max(y, other.y) > 0.3 * height;
    }

    private double contrastOn(BufferedImage ground) {
      Map<Integer, Integer> pixels = new HashMap<>();
      int right = Math.min(ground.getWidth(), (int) (x + width));
      int bottom = Math.min(ground.getHeight(), (int) (y + height));
      int count = 0;
      for (int row = (int) y; row < bottom; row++) {
        for (int column = (int) Math.max(0, x); column < right; column++) {
          pixels.merge(ground.getRGB(column, row) & 0xffffff, 1, Integer::sum);
          count++;
        }
      }
      double fewest = PART * count;
      return pixels.entrySet().stream()
          .filter(colour -> colour.getValue() >= fewest)
          .mapToDouble(colour -> contrast(rgb, colour.getKey()))
          .min()
          .orElseThrow(() -> new AssertionError(words + " lies outside of the picture"));
    }
  }

  /** All texts that are seen. */
  static List<Text> texts(Browser browser) {
    List<?> texts = (List<?>) browser.driver().executeScript(TEXTS);
    return texts.stream().map(text -> Text.of((List<?>) text)).toList();
  }

  /**
   * The texts that lack contrast, each with its own.
   *
   * @param ground file for a picture of the page without its texts, which must be as high as the
   *     window
   */
  static List<String> faults(Browser browser, Path ground) throws IOException {
    List<Text> texts = texts(browser);
    Object style = browser.driver().executeScript(HIDE);
    browser.screenshot(ground, false);
    browser.driver().executeScript("arguments[0].remove()", style);
    BufferedImage picture = ImageIO.read(ground.toFile());
    List<String> faults = new ArrayList<>();
    for (Text text : texts) {
      double contrast = text.contrastOn(picture);
      if (contrast < text.least()) {
        faults.add(String.format(Locale.ROOT, "%s: %.2f", text.words(), contrast));
      }
    }
    return faults;
  }

  private static double contrast(int one, int other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  /** How bright a colour is, from 0 to 1, as WCAG 2 has it. */
  static double luminance(int rgb) {
    return 0.2126 * linear(rgb >> 16 & 0xff)
        + 0.7152 * linear(rgb >> 8 & 0xff)
        + 0.0722 * linear(rgb & 0xff);
  }

  private static double linear(int level) {
    double part = level / 255.0;
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }
}
