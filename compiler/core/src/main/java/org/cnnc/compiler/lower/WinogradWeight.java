package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
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
 * rows of panels:  [place][panel][source channel][target channel of the panel]
 * row a channel:   [place, source channel][target channel]          one panel holds them all
 * </pre>
 *
 * @param turned whether the kernel is turned by 180 degrees, and channels change roles: for the
 *     gradient of the input
 * @param panel channels of a panel; 0 where each channel of the source has a row of its own
 */
record WinogradWeight(WinogradGeometry geometry, boolean turned, int panel) {
  private int from() {
    return geometry.source().channels();
  }

  private int to() {
    return geometry.target().channels();
  }

  private boolean rowPerChannel() {
    return panel == 0;
  }

  int panels() {
    return (to() + panel - 1) / panel;
  }

  int rows() {
    return Math.multiplyExact(WinogradGeometry.PLACES, rowPerChannel() ? from() : 1);
  }

  int length() {
    return rowPerChannel() ? to() : Math.multiplyExact(Math.multiplyExact(panels(), panel), from());
  }

  /** The row of a place, where it holds panels. */
  static ArrayRef panelsOf(Buffer buffer, Index place) {
    return row(buffer, place);
  }

  /** The row of a place and channel of the source, where each has its own. */
  ArrayRef rowOf(Buffer buffer, Index place, Index channel) {
    return row(buffer, place.times(from()).plus(channel));
  }

  /** Where the factors of a panel begin in their row. */
  Index start(Index number) {
    return number.times(panel * from());
  }

  /** Transforms the weight. */
  Stmt prepare(OperationScope scope, Buffer buffer) {
    return scope.rowsOfTask(
        from(),
        channel -> {
          if (rowPerChannel()) {
            return factors(scope, buffer, channel, to(), Index.of(0), Index.of(0));
          }
          List<Stmt> statements = new ArrayList<>();
          int whole = to() / panel;
          Index inPanel = channel.times(panel);
          if (whole > 0) {
            statements.add(
                loop(
                    "panel",
                    whole,
                    p ->
                        factors(
                            scope,
                            buffer,
                            channel,
                            panel,
                            p.times(panel),
                            start(p).plus(inPanel))));
          }
          if (to() % panel > 0) {
            Index last = Index.of(whole);
            statements.add(
                factors(
                    scope,
                    buffer,
                    channel,
                    to() % panel,
                    last.times(panel),
                    start(last).plus(inPanel)));
          }
          return Loops.block(statements);
        });
  }

  /** The factors of {@code count} channels of the target, from {@code first} on. */
  private Stmt factors(
      OperationScope scope, Buffer buffer, Index channel, int count, Index first, Index start) {
    Tensor weight = scope.operation().input(1);
    return loop(
        "to",
        count,
        to -> {
          Locals locals = new Locals();
          List<List<Expr>> values =
              WinogradTransform.KERNEL.of(
                  locals,
                  WinogradGeometry.TAPS,
                  (r, c) -> tap(scope, weight, channel, first.plus(to), r, c));
          int last = WinogradGeometry.PLACES - 1;
          for (int place = 0; place < last; place++) {
            locals.add(factor(buffer, place, channel, start.plus(to), values));
          }
          return locals.finish(factor(buffer, last, channel, start.plus(to), values));
        });
  }

  private Stmt factor(
      Buffer buffer, int place, Index channel, Index position, List<List<Expr>> values) {
    Index number = Index.of(place);
    return new Store(
        rowPerChannel() ? rowOf(buffer, number, channel) : panelsOf(buffer, number),
        position,
        values.get(place / WinogradGeometry.SEEN).get(place % WinogradGeometry.SEEN));
  }

  private Expr tap(OperationScope scope, Tensor weight, Index from, Index to, int r, int c) {
    int tap = r * WinogradGeometry.TAPS + c;
    int taps = WinogradGeometry.TAPS * WinogradGeometry.TAPS;
    return turned
        ? load(scope.parameterRow(weight, from), to.plus((taps - 1 - tap) * to()))
        : load(scope.parameterRow(weight, to), from.plus(tap * from()));
  }
}
