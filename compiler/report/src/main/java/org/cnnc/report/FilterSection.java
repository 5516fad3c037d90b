package org.cnnc.report;

import java.awt.image.BufferedImage;
import java.util.Map;
import org.cnnc.compiler.drawing.MarkupWriter;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;

/** What the convolutions learnt: their filters as pictures. */
final class FilterSection {
  private static final int MOST_FILTERS = 64;
  private static final int MOST_SLICES = 16;
  private static final int COLUMNS = 16;
  private static final int COLOURS = 3;
  private static final int FILTER_WIDTH = 48;
  private static final int SLICE_WIDTH = 30;

  private final Safetensors weights;
  private final MarkupWriter out;

  FilterSection(Safetensors weights, MarkupWriter out) {
    this.weights = weights;
    this.out = out;
  }

  void write() {
    boolean any = weights.tensors().values().stream().anyMatch(FilterSection::hasFilters);
    if (!any) {
      return;
    }
    out.open("section").element("h2", "Filters");
    out.element(
        "p",
        "Red is positive, blue negative, white zero; the strongest weight of a layer has the full"
            + " colour. Filters over three channels are shown in their colours, grey is zero.",
        "class",
        "quiet");
    for (Map.Entry<String, Tensor> tensor : weights.tensors().entrySet()) {
      if (hasFilters(tensor.getValue())) {
        write(tensor.getKey(), tensor.getValue());
      }
    }
    out.close();
  }

  /** [filters, channels, rows, columns]; a filter of one weight has nothing to show. */
  private static boolean hasFilters(Tensor tensor) {
    return tensor.dims().size() == 4 && tensor.dims().get(2) * tensor.dims().get(3) > 1;
  }

  private void write(String name, Tensor tensor) {
    int filters = tensor.dims().get(0);
    int channels = tensor.dims().get(1);
    boolean single = channels == 1 || channels == COLOURS;
    int shown = Math.min(filters, single ? MOST_FILTERS : MOST_SLICES);
    String what =
        single
            ? filters + " filters"
            : filters + " filters (rows) over " + channels + " channels (columns)";
    String part =
        shown < filters || (!single && channels > MOST_SLICES) ? ", the first of them" : "";
    BufferedImage image =
        single ? filters(tensor, shown, channels) : slices(tensor, shown, channels);
    out.open("figure").element("figcaption", name + ": " + what + part);
    int wanted = single ? FILTER_WIDTH : SLICE_WIDTH;
    int scale = Pictures.scale(image, tensor.dims().get(3), wanted);
    Pictures.write(out, image, scale, "filters of " + name);
    out.close();
  }

  /** A tile for each filter. */
  private static BufferedImage filters(Tensor tensor, int shown, int channels) {
    int rows = tensor.dims().get(2);
    int columns = tensor.dims().get(3);
    int area = rows * columns;
    float magnitude = Range.of(tensor.values()).magnitude();
    Tiles tiles = new Tiles(shown, COLUMNS, columns, rows);
    for (int filter = 0; filter < shown; filter++) {
      for (int i = 0; i < area; i++) {
        int start = filter * channels * area + i;
        int colour =
            channels == 1
                ? Colours.sign(part(tensor.values()[start], magnitude))
                : level(tensor.values()[start], magnitude) << 16
                    | level(tensor.values()[start + area], magnitude) << 8
                    | level(tensor.values()[start + 2 * area], magnitude);
        tiles.set(filter, i % columns, i / columns, colour);
      }
    }
    return tiles.image();
  }

  /** A row of tiles for each filter, one a channel. */
  private static BufferedImage slices(Tensor tensor, int shown, int channels) {
    int rows = tensor.dims().get(2);
    int columns = tensor.dims().get(3);
    int area = rows * columns;
    int across = Math.min(channels, MOST_SLICES);
    float magnitude = Range.of(tensor.values()).magnitude();
    Tiles tiles = new Tiles(shown * across, across, columns, rows);
    for (int tile = 0; tile < shown * across; tile++) {
      int start = (tile / across * channels + tile % across) * area;
      for (int i = 0; i < area; i++) {
        int colour = Colours.sign(part(tensor.values()[start + i], magnitude));
        tiles.set(tile, i % columns, i / columns, colour);
      }
    }
    return tiles.image();
  }

  private static float part(float value, float magnitude) {
    float part = value / magnitude;
    return part >= -1 && part <= 1 ? part : 0; // 0 / 0 and what is not finite
  }

  private static int level(float value, float magnitude) {
    return Math.round(127.5f + 127.5f * part(value, magnitude));
  }
}
