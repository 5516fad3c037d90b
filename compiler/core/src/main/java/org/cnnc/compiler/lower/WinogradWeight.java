package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.schedule.WinogradGeometry;
import org.cnnc.compiler.train.Tensor;

/**
 * The weight of a Winograd convolution, transformed: the factors of each of the 16 places, channel
 * of the source and channel of the target. The channels of the target are cut into panels, in which
 * they lie side by side, so that a kernel reads a panel from its beginning to its end:
 *
 * <pre>
 * PANELS:      [place][panel][source channel][target channel of the panel]
 * SOURCE_ROWS: [place, source channel][target channel]
 * TARGET_ROWS: [place, target channel][source channel]
 * </pre>
 *
 * @param turned whether the kernel is turned by 180 degrees, and channels change roles: for the
 *     gradient of the input
 * @param panel channels of a panel; of no meaning in the other orders
 */
record WinogradWeight(WinogradGeometry geometry, boolean turned, Order order, int panel) {
  enum Order {
    PANELS,
    SOURCE_ROWS,
    TARGET_ROWS
  }

  static WinogradWeight inPanels(WinogradGeometry geometry, boolean turned, int panel) {
    return new WinogradWeight(geometry, turned, Order.PANELS, panel);
  }

  static WinogradWeight inRows(WinogradGeometry geometry, boolean turned, Order order) {
    return new WinogradWeight(geometry, turned, order, 0);
  }

  private int from() {
    return geometry.source().channels();
  }

  private int to() {
    return geometry.target().channels();
  }

  int panels() {
    return (to() + panel - 1) / panel;
  }

  int rows() {
    int rows =
        switch (order) {
          case PANELS -> 1;
          case SOURCE_ROWS -> from();
          case TARGET_ROWS -> to();
        };
    return Math.multiplyExact(WinogradGeometry.PLACES, rows);
  }

  int length() {
    return switch (order) {
      case PANELS -> Math.multiplyExact(Math.multiplyExact(panels(), panel), from());
      case SOURCE_ROWS -> to();
      case TARGET_ROWS -> from();
    };
  }

  /** The row of a place, where it holds panels. */
  static ArrayRef panelsOf(Buffer buffer, Index place) {
    return row(buffer, place);
  }

  /** The row of a place and channel, of the source or the target as the order says. */
  ArrayRef rowOf(Buffer buffer, Index place, Index channel) {
    return row(buffer, place.times(rows() / WinogradGeometry.PLACES).plus(channel));
  }

  /** Where the factors of a panel begin in their row. */
  Index start(Index number) {
    return number.times(panel * from());
  }

  /** Transforms the weight. */
  Stmt prepare(OperationScope scope, Buffer buffer) {
    return switch (order) {
      case PANELS -> scope.rowsOfTask(from(), from -> panels(scope, buffer, from));
      case SOURCE_ROWS ->
          scope.rowsOfTask(
              from(),
              from ->
                  loop(
                      "to",
                      to(),
                      to -> factors(scope, from, to, place -> rowOf(buffer, place, from), to)));
      case TARGET_ROWS ->
          scope.rowsOfTask(
              to(),
              to ->
                  loop(
                      "from",
                      from(),
                      from -> factors(scope, from, to, place -> rowOf(buffer, place, to), from)));
    };
  }

  /** The factors of a channel of the source, in all panels. */
  private Stmt panels(OperationScope scope, Buffer buffer, Index from) {
    List<Stmt> statements = new ArrayList<>();
    int whole = to() / panel;
    if (whole > 0) {
      statements.add(loop("panel", whole, p -> panelPart(scope, buffer, from, p, panel)));
    }
    if (to() % panel > 0) {
      statements.add(panelPart(scope, buffer, from, Index.of(whole), to() % panel));
    }
    return Loops.block(statements);
  }

  private Stmt panelPart(
      OperationScope scope, Buffer buffer, Index from, Index number, int channels) {
    Index start = start(number).plus(from.times(panel));
    Index first = number.times(panel);
    return loop(
        "to",
        channels,
        to ->
            factors(scope, from, first.plus(to), place -> panelsOf(buffer, place), start.plus(to)));
  }

  /** The factors of two channels, at {@code position} in the row of each place. */
  private Stmt factors(
      OperationScope scope,
      Index from,
      Index to,
      Function<Index, ArrayRef> rowOfPlace,
      Index position) {
    Tensor weight = scope.operation().input(1);
    return WinogradTransform.KERNEL.body(
        WinogradGeometry.TAPS,
        (r, c) -> tap(scope, weight, from, to, r, c),
        (place, value) -> new Store(rowOfPlace.apply(Index.of(place)), position, value));
  }

  private Expr tap(OperationScope scope, Tensor weight, Index from, Index to, int r, int c) {
    int tap = r * WinogradGeometry.TAPS + c;
    int taps = WinogradGeometry.TAPS * WinogradGeometry.TAPS;
    return turned
        ? load(scope.parameterRow(weight, from), to.plus((taps - 1 - tap) * to()))
        : load(scope.parameterRow(weight, to), from.plus(tap * from()));
  }
}
