package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.op.Operator.Conv2d;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;
import org.cnnc.compiler.train.Tensor;

/**
 * The padded input of a convolution, as the windows of a pool behind it read it. Windows are {@code
 * s} elements of the input apart, so what element {@code o} behind each window's first one is,
 * taken of all windows, is every {@code s}-th element from {@code o} on: a plane with one element a
 * window, in the order of the windows.
 *
 * <p>There is a plane for each column {@code o} that a kernel at any place of the window sees, and
 * for each channel. Of the rows, only {@code s} different ones need planes: where {@code o} is
 * {@code s} larger, the plane is read one row further on. Planes lie in the order (row, column,
 * channel), so that what two places of a row of the window read is a constant apart.
 *
 * @param pooled shape of the pool's value
 */
record WindowPlanes(Conv2d conv, Window pool, TensorShape input, TensorShape pooled) {
  /** Rows with at most so many elements are written out: a loop would cost more than its rounds. */
  private static final int MOST_WRITTEN_OUT = 64;

  private int rowStep() {
    return Math.multiplyExact(conv.window().stride().rows(), pool.stride().rows());
  }

  private int columnStep() {
    return Math.multiplyExact(conv.window().stride().columns(), pool.stride().columns());
  }

  /** Rows behind the first one of a window that kernels see. */
  int rowOffsets() {
    return (pool.kernel().rows() - 1) * conv.window().stride().rows()
        + conv.window().kernel().rows();
  }

  private int columnOffsets() {
    return (pool.kernel().columns() - 1) * conv.window().stride().columns()
        + conv.window().kernel().columns();
  }

  private int phases() {
    return Math.min(rowStep(), rowOffsets());
  }

  private int planeRows() {
    return pooled.height() + (rowOffsets() - 1) / rowStep();
  }

  /** From what one channel reads to what the next one reads; of one channel, the next column. */
  int planeLength() {
    return Math.multiplyExact(planeRows(), pooled.width());
  }

  /** Floats of the planes of one column: from what one place reads to what the next one reads. */
  int columnLength() {
    return Math.multiplyExact(input.channels(), planeLength());
  }

  private int rowLength() {
    return Math.multiplyExact(columnOffsets(), columnLength());
  }

  int length() {
    return Math.multiplyExact(phases(), rowLength());
  }

  /** Windows of a channel. */
  int windows() {
    return Math.multiplyExact(pooled.height(), pooled.width());
  }

  /** Where the element of the first window lies that is so many rows and columns behind it. */
  Index offset(Index row, Index column, Index channel) {
    return row.remainder(rowStep())
        .times(rowLength())
        .plus(row.dividedBy(rowStep()).times(pooled.width()))
        .plus(column.times(columnLength()))
        .plus(channel.times(planeLength()));
  }

  /** Elements that are written to fill the planes. */
  long written() {
    return (long) input.elements()
        * columnOffsets()
        * phases()
        / Math.multiplyExact(rowStep(), columnStep());
  }

  /** Fills the planes; what lies in padding stays zero. */
  Stmt fill(OperationScope scope, Tensor source, Buffer buffer) {
    ArrayVar in = new ArrayVar("in", scope.plane(source).buffer().length());
    ArrayVar planes = new ArrayVar("planes", buffer.length());
    int pitch = scope.step().pitch(source);
    return loop(
        "inChannel",
        input.channels(),
        channel -> {
          List<Stmt> statements = new ArrayList<>();
          statements.add(new LetArray("in", scope.row(source, channel)));
          statements.add(new LetArray("planes", row(buffer, Index.of(0))));
          for (int phase = 0; phase < phases(); phase++) {
            statements.addAll(fillRows(in, pitch, planes, channel, phase));
          }
          return new Block(statements);
        });
  }

  private List<Stmt> fillRows(ArrayVar in, int pitch, ArrayVar planes, Index channel, int phase) {
    int top = conv.window().padding().top() - phase;
    Range rows = Range.of(top, rowStep(), input.height(), planeRows());
    if (rows.isEmpty()) {
      return List.of();
    }
    Index start = channel.times(planeLength()).plus(phase * rowLength());
    return List.of(
        loop(
            "y",
            rows.begin(),
            rows.end(),
            y ->
                new Row(
                        in,
                        y.times(rowStep() * pitch).plus(-top * pitch),
                        planes,
                        start.plus(y.times(pooled.width())))
                    .fill()));
  }

  /** One row of the input on its way to the planes. */
  private final class Row {
    private final ArrayVar in;
    private final Index source;
    private final ArrayVar planes;
    private final Index target;

    Row(ArrayVar in, Index source, ArrayVar planes, Index target) {
      this.in = in;
      this.source = source;
      this.planes = planes;
      this.target = target;
    }

    Stmt fill() {
      if (columnOffsets() * pooled.width() <= MOST_WRITTEN_OUT) {
        return writtenOut();
      }
      List<Stmt> statements = new ArrayList<>();
      Range all = seenByAll();
      for (int o = 0; o < columnOffsets(); o++) {
        Range columns = columns(o);
        addLoop(statements, columns.begin(), Math.min(all.begin(), columns.end()), o, o + 1);
        addLoop(statements, Math.max(all.end(), columns.begin()), columns.end(), o, o + 1);
      }
      addLoop(statements, all.begin(), all.end(), 0, columnOffsets());
      return Loops.block(statements);
    }

    /** Each element of the row is read once. */
    private Stmt writtenOut() {
      int left = conv.window().padding().left();
      List<Stmt> statements = new ArrayList<>();
      for (int column = 0; column < input.width(); column++) {
        Var value = new Var("value" + column, ValueType.SCALAR);
        List<Stmt> stores = new ArrayList<>();
        for (int o = (column + left) % columnStep(); o < columnOffsets(); o += columnStep()) {
          int x = (column + left - o) / columnStep();
          if (column + left >= o && x < pooled.width()) {
            stores.add(new Store(planes, target.plus(o * columnLength() + x), value));
          }
        }
        if (!stores.isEmpty()) {
          statements.add(new Let(value.name(), load(in, source.plus(column))));
          statements.addAll(stores);
        }
      }
      return Loops.block(statements);
    }

    /** Copies what some columns see at the windows from {@code begin} to {@code end - 1}. */
    private void addLoop(
        List<Stmt> statements, int begin, int end, int firstOffset, int endOffset) {
      if (begin >= end) {
        return;
      }
      statements.add(
          loop(
              "x",
              begin,
              end,
              x -> {
                List<Stmt> copies = new ArrayList<>();
                for (int o = firstOffset; o < endOffset; o++) {
                  Index place = target.plus(o * columnLength()).plus(x);
                  int left = conv.window().padding().left() - o;
                  Index from = source.plus(x.times(columnStep())).plus(-left);
                  copies.add(new Store(planes, place, load(in, from)));
                }
                return Loops.block(copies);
              }));
    }
  }

  /** The windows whose column {@code offset} lies on the image. */
  private Range columns(int offset) {
    int left = conv.window().padding().left() - offset;
    return Range.of(left, columnStep(), input.width(), pooled.width());
  }

  /** The windows all of whose columns lie on the image; none where there are few. */
  private Range seenByAll() {
    int begin = 0;
    int end = pooled.width();
    for (int o = 0; o < columnOffsets(); o++) {
      begin = Math.max(begin, columns(o).begin());
      end = Math.min(end, columns(o).end());
    }
    return begin < end ? new Range(begin, end) : new Range(pooled.width(), pooled.width());
  }

  private record Range(int begin, int end) {
    /** The positions below {@code positions} with {@code 0 <= position * step - before < size}. */
    static Range of(int before, int step, int size, int positions) {
      int begin = Math.max(0, Math.floorDiv(before + step - 1, step));
      int end = Math.min(positions, Math.floorDiv(size - 1 + before, step) + 1);
      return new Range(Math.min(begin, positions), Math.max(end, 0));
    }

    boolean isEmpty() {
      return begin >= end;
    }
  }
}
