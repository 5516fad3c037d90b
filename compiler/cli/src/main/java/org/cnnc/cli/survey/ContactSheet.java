package org.cnnc.cli.survey;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.cnnc.report.Tiles;
import org.cnnc.runtime.PixelPreprocessing;
import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.training.data.StoredImage;

/** A picture of pictures: a row for each class, its first images from left to right. */
public final class ContactSheet {
  private static final int COLUMNS = 16;
  private static final int MOST_ROWS = 256;
  private static final int SIDE = 64;

  private final InputInfo input;
  private final PixelPreprocessing preprocessing;
  private final Map<String, List<byte[]>> rows = new LinkedHashMap<>();

  private ContactSheet(InputInfo input) {
    this.input = input;
    this.preprocessing = new PixelPreprocessing(input);
  }

  /** A sheet of tiles as large as they are easily seen. */
  public static ContactSheet forPeople() {
    List<Float> zeros = Collections.nCopies(3, 0f);
    List<Float> ones = Collections.nCopies(3, 1f);
    return new ContactSheet(new InputInfo("sheet", 3, SIDE, SIDE, 1, zeros, ones));
  }

  /** A sheet of images as a network with 1 or 3 input channels sees them. */
  public static ContactSheet forNetwork(InputInfo input) {
    return new ContactSheet(input);
  }

  void add(StoredImage image, String className) {
    if (rows.size() == MOST_ROWS && !rows.containsKey(className)) {
      return; // more than anybody looks at
    }
    List<byte[]> row = rows.computeIfAbsent(className, same -> new ArrayList<>());
    if (row.size() < COLUMNS) {
      row.add(image.fitted(input, preprocessing));
    }
  }

  /** The sheet as a PNG file; rows are in the order in which the classes came. */
  public byte[] png() {
    Tiles tiles =
        new Tiles(Math.max(1, rows.size()) * COLUMNS, COLUMNS, input.width(), input.height());
    int first = 0;
    for (List<byte[]> row : rows.values()) {
      for (int column = 0; column < row.size(); column++) {
        draw(tiles, first + column, row.get(column));
      }
      first += COLUMNS;
    }
    return png(tiles.image());
  }

  private void draw(Tiles tiles, int tile, byte[] pixels) {
    int area = input.width() * input.height();
    for (int i = 0; i < area; i++) {
      int red = pixels[i] & 0xff;
      int rgb =
          input.channels() == 1
              ? red * 0x10101
              : red << 16 | (pixels[area + i] & 0xff) << 8 | (pixels[2 * area + i] & 0xff);
      tiles.set(tile, i % input.width(), i / input.width(), rgb);
    }
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory takes all bytes
    }
    return png.toByteArray();
  }
}
