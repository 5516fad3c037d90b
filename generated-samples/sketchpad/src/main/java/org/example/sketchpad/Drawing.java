package org.example.sketchpad;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What was drawn: strokes, each a list of points [x, y]; x grows to the right, y downwards. The
 * unit does not matter, nor where on the sheet it was drawn.
 */
record Drawing(List<List<Point>> strokes) {
  /** Far more than a hand draws. */
  private static final int MOST_POINTS = 20_000;

  private static final double FARTHEST = 1e6;
  private static final double TURN = Math.toRadians(8);
  private static final double STRETCH = 0.15;

  /** A place on the sheet. In JSON a pair of numbers. */
  record Point(double x, double y) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Point of(double[] pair) {
      if (pair == null || pair.length != 2 || !isNear(pair[0]) || !isNear(pair[1])) {
        throw new IllegalArgumentException(
            "a point is a pair of numbers, [x, y], each between -1e6 and 1e6");
      }
      return new Point(pair[0], pair[1]);
    }

    private static boolean isNear(double coordinate) {
      return Math.abs(coordinate) <= FARTHEST; // false for NaN
    }

    /** The pair that it is read from. */
    @JsonValue
    double[] pair() {
      return new double[] {x, y};
    }
  }

  @JsonCreator
  Drawing(@JsonProperty("strokes") List<List<Point>> strokes) {
    if (strokes == null || strokes.isEmpty()) {
      throw new IllegalArgumentException("nothing is drawn: expected \"strokes\" with points");
    }
    this.strokes = strokes.stream().map(Drawing::checked).toList();
    if (this.strokes.stream().mapToInt(List::size).sum() > MOST_POINTS) {
      throw new IllegalArgumentException("expected at most " + MOST_POINTS + " points");
    }
  }

  /** The drawing itself, turned a little both ways, wider and narrower. */
  List<Drawing> variations() {
    return List.of(
        this, turned(TURN), turned(-TURN), stretched(1 + STRETCH), stretched(1 / (1 + STRETCH)));
  }

  private Drawing turned(double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    return moved(p -> new Point(cos * p.x() - sin * p.y(), sin * p.x() + cos * p.y()));
  }

  private Drawing stretched(double factor) {
    return moved(p -> new Point(factor * p.x(), p.y()));
  }

  private Drawing moved(UnaryOperator<Point> move) {
    return new Drawing(strokes.stream().map(stroke -> stroke.stream().map(move).toList()).toList());
  }

  private static List<Point> checked(List<Point> stroke) {
    if (stroke == null || stroke.isEmpty() || stroke.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("a stroke is a list of at least one point, [x, y]");
    }
    return List.copyOf(stroke);
  }
}
