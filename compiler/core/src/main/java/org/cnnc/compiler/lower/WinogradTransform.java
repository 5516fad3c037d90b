package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.add;
import static org.cnnc.compiler.lower.Loops.multiply;
import static org.cnnc.compiler.lower.Loops.subtract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.schedule.WinogradGeometry;

/**
 * The three transforms of Winograd's F(2 x 2, 3 x 3), with the order of their sums:
 *
 * <pre>
 * SEEN    d0 - d2,  d1 + d2,  d2 - d1,  d1 - d3                  4 numbers seen    to 4 factors
 * KERNEL  g0,  ((g0 + g2) + g1) / 2,  ((g0 + g2) - g1) / 2,  g2  3 taps            to 4 factors
 * TILE    (m0 + m1) + m2,  (m1 - m2) - m3                        4 sums of products to 2 results
 * </pre>
 *
 * Each is taken down the columns of a matrix first, then along the rows of what came out. Source:
 * Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2015, equations 8 to 11.
 */
enum WinogradTransform {
  SEEN,
  KERNEL,
  TILE;

  private static final Expr HALF = new Const(0.5f);

  /** Transforms a column or row; what it uses twice gets a name that ends so. */
  private List<Expr> line(Locals locals, String name, List<Expr> v) {
    return switch (this) {
      case SEEN -> List.of(sub(v, 0, 2), sum(v, 1, 2), sub(v, 2, 1), sub(v, 1, 3));
      case KERNEL -> {
        Expr outer = locals.let("outer" + name, sum(v, 0, 2));
        yield List.of(
            v.get(0),
            multiply(HALF, add(outer, v.get(1))),
            multiply(HALF, subtract(outer, v.get(1))),
            v.get(2));
      }
      case TILE -> List.of(add(sum(v, 0, 1), v.get(2)), subtract(sub(v, 1, 2), v.get(3)));
    };
  }

  private static Expr sum(List<Expr> values, int left, int right) {
    return add(values.get(left), values.get(right));
  }

  private static Expr sub(List<Expr> values, int left, int right) {
    return subtract(values.get(left), values.get(right));
  }

  /** An element of a matrix. */
  interface Element {
    Expr at(int row, int column);
  }

  /**
   * Transforms a square matrix.
   *
   * @param locals get what is used more than once
   * @param size rows and columns of the matrix
   * @return the rows of the result
   */
  private List<List<Expr>> of(Locals locals, int size, Element matrix) {
    List<List<Expr>> columns = new ArrayList<>();
    for (int c = 0; c < size; c++) {
      List<Expr> column = new ArrayList<>();
      for (int r = 0; r < size; r++) {
        column.add(locals.let("value" + r + c, matrix.at(r, c)));
      }
      columns.add(named(locals, c, line(locals, "Down" + c, column)));
    }
    List<List<Expr>> result = new ArrayList<>();
    for (int r = 0; r < columns.get(0).size(); r++) {
      int place = r;
      List<Expr> row = columns.stream().map(column -> column.get(place)).toList();
      result.add(line(locals, "Along" + r, row));
    }
    return result;
  }

  /** Makes a statement of an element of a result, counted row by row. */
  interface Result {
    Stmt store(int number, Expr value);
  }

  /** The body of a loop that transforms a square matrix and stores the result. */
  Stmt body(int size, Element matrix, Result result) {
    Locals locals = new Locals();
    List<Expr> values = of(locals, size, matrix).stream().flatMap(List::stream).toList();
    for (int number = 0; number < values.size(); number++) {
      locals.add(result.store(number, values.get(number)));
    }
    return locals.finish();
  }

  /**
   * The body of a loop that transforms sums to pixels.
   *
   * @param bias of all pixels, if there is one
   * @param stored of a sum and its bias
   */
  static Stmt pixels(Element sums, Optional<Expr> bias, StoredValue stored, Result result) {
    Locals locals = new Locals();
    List<Expr> wholes = wholes(locals, sums, bias);
    for (int pixel = 0; pixel < wholes.size(); pixel++) {
      Expr value = stored.of(locals, locals.let("value" + pixel, wholes.get(pixel)));
      locals.add(result.store(pixel, value));
    }
    return locals.finish();
  }

  /**
   * The pixels of a tile, row by row: each a sum and its bias.
   *
   * @param locals get what is used more than once
   */
  static List<Expr> wholes(Locals locals, Element sums, Optional<Expr> bias) {
    Optional<Expr> start = bias.map(value -> locals.let("bias", value));
    return TILE.of(locals, WinogradGeometry.SEEN, sums).stream()
        .flatMap(List::stream)
        .map(sum -> start.map(value -> add(sum, value)).orElse(sum))
        .toList();
  }

  private static List<Expr> named(Locals locals, int column, List<Expr> values) {
    List<Expr> names = new ArrayList<>();
    for (int r = 0; r < values.size(); r++) {
      names.add(locals.let("down" + r + column, values.get(r)));
    }
    return names;
  }
}
