package org.cnnc.compiler.cost;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.memory.ArenaTimeline;
import org.cnnc.compiler.memory.Stay;

/**
 * Draws an arena as an SVG picture: operations from left to right, buffers from top to bottom, each
 * as high as it is large, and in it who lives there and when. Below, the sum of what is live.
 * Colours follow the reader's light or dark theme.
 */
public final class ArenaDrawing {
  private static final int LEFT = 210;
  private static final int TOP = 92;
  private static final int STEP = 26;
  private static final int HEIGHT = 560;
  private static final int LEAST = 3;
  private static final int CURVE = 120;
  private static final int GAP = 46;
  private static final int TEXT_ROOM = 11;
  private static final int HUES = 360;
  private static final int HUE_STEP = 47;

  private final String title;
  private final ArenaTimeline timeline;
  private final StringBuilder svg = new StringBuilder();
  private final Map<String, Integer> hues = new HashMap<>();

  private ArenaDrawing(String title, ArenaTimeline timeline) {
    this.title = title;
    this.timeline = timeline;
  }

  /**
   * The picture.
   *
   * @param title what it shows: {@code Digits, one training step}
   */
  public static String svg(String title, ArenaTimeline timeline) {
    return new ArenaDrawing(title, timeline).draw();
  }

  private String draw() {
    Map<Buffer, int[]> rows = rows();
    int arenaEnd = TOP + rows.values().stream().mapToInt(row -> row[1]).sum();
    int steps = timeline.operations().size();
    int width = LEFT + Math.max(steps * STEP, 420) + 70;
    int height = arenaEnd + GAP + CURVE + 24;
    svg.append(
        format(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d'"
                + " font-family='sans-serif' font-size='11'>\n",
            width, height, width, height));
    svg.append(
        """
        <style>
        :root { color-scheme: light dark; --ink: #1f2328; --paper: #fff; --line: #d0d7de; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6edf3; --paper: #0d1117; --line: #30363d; }
        }
        .paper { fill: var(--paper); } .line { stroke: var(--line); fill: none; }
        text { fill: var(--ink); } .name { fill: #fff; } .live { stroke: #0969da; stroke-width: 2; fill: none; }
        </style>
        """);
    svg.append(format("<rect class='paper' width='%d' height='%d'/>\n", width, height));
    text(16, 24, "font-size='15' font-weight='bold'", title);
    text(
        16,
        42,
        "",
        format(
            "arena %,d bytes, never below %,d for these operations in this order",
            timeline.bytes(), timeline.lowerBound()));
    operationNames(arenaEnd);
    rows.forEach(this::buffer);
    timeline.stays().forEach(stay -> stay(stay, rows.get(stay.buffer())));
    curve(arenaEnd + GAP);
    return svg.append("</svg>\n").toString();
  }

  /** Top and height of each buffer's row. */
  private Map<Buffer, int[]> rows() {
    Map<Buffer, int[]> rows = new LinkedHashMap<>();
    int top = TOP;
    for (Buffer buffer : timeline.buffers()) {
      int height = LEAST + (int) (HEIGHT * buffer.bytes() / timeline.bytes());
      rows.put(buffer, new int[] {top, height});
      top += height;
    }
    return rows;
  }

  private void operationNames(int arenaEnd) {
    for (int i = 0; i < timeline.operations().size(); i++) {
      int x = LEFT + i * STEP;
      svg.append(format("<path class='line' d='M%d %d V%d'/>\n", x, TOP, arenaEnd));
      text(
          x + STEP / 2,
          TOP - 4,
          format("transform='rotate(-35 %d %d)' font-size='9'", x + STEP / 2, TOP - 4),
          timeline.operations().get(i).name());
    }
  }

  private void buffer(Buffer buffer, int[] row) {
    int right = LEFT + timeline.operations().size() * STEP;
    svg.append(format("<path class='line' d='M%d %d H%d'/>\n", LEFT, row[0], right));
    if (row[1] >= TEXT_ROOM) {
      String size = format("%s %,d", buffer.name(), buffer.bytes());
      text(LEFT - 6, row[0] + row[1] / 2 + 4, "text-anchor='end'", size);
    }
  }

  private void stay(Stay stay, int[] row) {
    int x = LEFT + stay.first() * STEP;
    int width = (stay.last() - stay.first() + 1) * STEP;
    long share = Math.max(1, row[1] * stay.bytes() / Math.max(stay.bytes(), stay.buffer().bytes()));
    int hue = hues.computeIfAbsent(stay.layer(), layer -> hues.size() * HUE_STEP % HUES);
    svg.append(
        format(
            "<rect x='%d' y='%d' width='%d' height='%d' rx='2' fill='hsl(%d 45%% 42%%)'"
                + " stroke='hsl(%d 45%% 30%%)'><title>%s: %,d bytes, %s to %s</title></rect>\n",
            x,
            row[0],
            width,
            share,
            hue,
            hue,
            escape(stay.tenant()),
            stay.bytes(),
            escape(timeline.operations().get(stay.first()).name()),
            escape(timeline.operations().get(stay.last()).name())));
    if (share >= TEXT_ROOM && width > 6 * stay.tenant().length()) {
      text(x + 4, (int) (row[0] + share / 2 + 4), "class='name'", stay.tenant());
    }
  }

  private void curve(int top) {
    int bottom = top + CURVE;
    int right = LEFT + timeline.operations().size() * STEP;
    svg.append(
        format("<path class='line' d='M%d %d H%d M%1$d %4$d H%3$d'/>\n", LEFT, top, right, bottom));
    text(LEFT - 6, top + 4, "text-anchor='end'", format("arena %,d", timeline.bytes()));
    text(LEFT - 6, bottom + 4, "text-anchor='end'", "live 0");
    List<String> path = new ArrayList<>();
    for (int i = 0; i < timeline.live().size(); i++) {
      long y = bottom - CURVE * timeline.live().get(i) / timeline.bytes();
      path.add(
          format("%s%d %d H%d", i == 0 ? "M" : "L", LEFT + i * STEP, y, LEFT + (i + 1) * STEP));
    }
    svg.append(format("<path class='live' d='%s'/>\n", String.join(" ", path)));
  }

  private void text(int x, int y, String attributes, String text) {
    svg.append(format("<text x='%d' y='%d' %s>%s</text>\n", x, y, attributes, escape(text)));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
