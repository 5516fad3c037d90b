package org.cnnc.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.cnnc.compiler.drawing.MarkupWriter;

/** Curves over the epochs, as SVG that takes its colours from the page. */
final class LineChart {
  private static final double WIDTH = 560;
  private static final double HEIGHT = 280;
  private static final double LEFT = 62;
  private static final double RIGHT = 14;
  private static final double TOP = 14;
  private static final double BOTTOM = 34;
  private static final int MOST_MARKS = 40;
  private static final int TICKS = 5;

  private final String description;
  private final DoubleFunction<String> label;
  private final int firstEpoch;
  private final List<Curve> curves = new ArrayList<>();
  private final MarkupWriter out = new MarkupWriter();

  /**
   * One curve.
   *
   * @param name for its tooltips
   * @param style its class in the style sheet
   * @param values one an epoch; one that is not finite leaves a gap
   */
  private record Curve(String name, String style, List<Double> values) {}

  /**
   * A chart without curves.
   *
   * @param label makes a text of a value
   * @param firstEpoch number of the epoch of the first values
   */
  LineChart(String description, DoubleFunction<String> label, int firstEpoch) {
    this.description = description;
    this.label = label;
    this.firstEpoch = firstEpoch;
  }

  LineChart with(String name, String style, List<Double> values) {
    curves.add(new Curve(name, style, List.copyOf(values)));
    return this;
  }

  String draw() {
    double[] finite =
        curves.stream()
            .flatMap(curve -> curve.values().stream())
            .mapToDouble(value -> value)
            .filter(Double::isFinite)
            .toArray();
    double least = Arrays.stream(finite).min().orElse(0);
    double greatest = Arrays.stream(finite).max().orElse(1);
    double step = niceStep((greatest - least) / TICKS);
    Axis y = new Axis(Math.floor(least / step) * step, Math.ceil(greatest / step) * step, step);
    int epochs = curves.stream().mapToInt(curve -> curve.values().size()).max().orElse(1);
    out.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        "chart",
        "role",
        "img",
        "aria-label",
        description,
        "viewBox",
        "0 0 " + MarkupWriter.number(WIDTH) + " " + MarkupWriter.number(HEIGHT));
    drawGrid(y, epochs);
    for (Curve curve : curves) {
      drawCurve(curve, y, epochs);
    }
    return out.close().toString();
  }

  /** Values from the bottom of the chart to its top. */
  private record Axis(double from, double to, double step) {
    Axis {
      if (to <= from) {
        to = from + step;
      }
    }

    double place(double value) {
      return HEIGHT - BOTTOM - (value - from) / (to - from) * (HEIGHT - TOP - BOTTOM);
    }
  }

  /** The least of 1, 2, 5, 10, ... that is not below {@code atLeast}. */
  static double niceStep(double atLeast) {
    if (!(atLeast > 1e-9)) {
      return 0.1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= atLeast * 0.999999) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static double x(int index, int epochs) {
    double room = WIDTH - LEFT - RIGHT;
    return epochs == 1 ? LEFT + room / 2 : LEFT + room * index / (epochs - 1);
  }

  private void drawGrid(Axis y, int epochs) {
    long lines = Math.round((y.to() - y.from()) / y.step());
    for (int i = 0; i <= lines; i++) {
      double value = y.from() + i * y.step();
      double place = y.place(value);
      out.empty("line", "class", "grid", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", place, "y2", place);
      out.element("text", tick(value), "class", "tick end", "x", LEFT - 8, "y", place + 4);
    }
    int step = (int) Math.max(1, niceStep((epochs - 1) / 8.0));
    for (int i = 0; i < epochs; i++) {
      int epoch = firstEpoch + i;
      if (i == 0 || epoch % step == 0) {
        out.element(
            "text",
            Integer.toString(epoch),
            "class",
            "tick",
            "x",
            x(i, epochs),
            "y",
            HEIGHT - BOTTOM + 18);
      }
    }
    out.element("text", "epoch", "class", "tick", "x", (LEFT + WIDTH - RIGHT) / 2, "y", HEIGHT - 2);
  }

  /**
   * {@code 0.5} for {@code 0.5000}, {@code 20 %} for {@code 20.0 %}: the lines' values are round.
   */
  private String tick(double value) {
    String text = label.apply(value);
    return text.contains(".") ? text.replaceAll("\\.?0+(?=$| %)", "") : text;
  }

  private void drawCurve(Curve curve, Axis y, int epochs) {
    StringBuilder line = new StringBuilder();
    boolean gap = true;
    for (int i = 0; i < curve.values().size(); i++) {
      double value = curve.values().get(i);
      if (!Double.isFinite(value)) {
        gap = true;
        continue;
      }
      line.append(gap ? "M" : "L").append(MarkupWriter.number(x(i, epochs)));
      line.append(' ').append(MarkupWriter.number(y.place(value))).append(' ');
      gap = false;
    }
    out.empty("path", "class", "curve " + curve.style(), "d", line.toString().strip());
    for (int i = 0; i < curve.values().size() && epochs <= MOST_MARKS; i++) {
      double value = curve.values().get(i);
      if (Double.isFinite(value)) {
        out.open(
            "circle",
            "class",
            "mark " + curve.style(),
            "cx",
            x(i, epochs),
            "cy",
            y.place(value),
            "r",
            3.0);
        out.element(
            "title", curve.name() + ", epoch " + (firstEpoch + i) + ": " + label.apply(value));
        out.close();
      }
    }
  }
}
