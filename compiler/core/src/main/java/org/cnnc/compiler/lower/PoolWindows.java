package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.graph.shape.Window;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Stmt;

/**
 * The windows of a pooling layer over one channel, in the order (row, column) of the output, with
 * only the taps that lie on the image. Few taps are written out, many become loops.
 */
final class PoolWindows {
  private final Window window;
  private final TensorShape input;
  private final TensorShape output;
  private final int inputPitch;
  private final int outputPitch;
  private final int unrolledTaps;

  PoolWindows(
      Window window,
      TensorShape input,
      TensorShape output,
      int inputPitch,
      int outputPitch,
      int unrolledTaps) {
    this.window = window;
    this.input = input;
    this.output = output;
    this.inputPitch = inputPitch;
    this.outputPitch = outputPitch;
    this.unrolledTaps = unrolledTaps;
  }

  /** What is done at one window. */
  interface WindowBody {
    /**
     * The statement of one window.
     *
     * @param place of the window's result in the output's row
     * @param taps visits the window's taps
     */
    Stmt of(Index place, Taps taps);
  }

  /** The taps of one window that lie on the image. */
  interface Taps {
    /** The place of the first tap in the input's row. */
    Index first();

    /** A statement for every tap, in the order (row, column). */
    Stmt each(Function<Index, Stmt> body);

    /**
     * As {@link #each}; may leave out the first tap. For what does not change when the first tap is
     * seen twice.
     */
    Stmt rest(Function<Index, Stmt> body);
  }

  Stmt each(WindowBody body) {
    List<WindowRange> rows =
        WindowRange.of(
            output.height(),
            input.height(),
            window.kernel().rows(),
            window.stride().rows(),
            window.padding().top());
    List<WindowRange> columns =
        WindowRange.of(
            output.width(),
            input.width(),
            window.kernel().columns(),
            window.stride().columns(),
            window.padding().left());
    List<Stmt> parts = new ArrayList<>();
    for (WindowRange row : rows) {
      parts.add(
          loop(
              "y",
              row.begin(),
              row.end(),
              y -> {
                List<Stmt> line = new ArrayList<>();
                for (WindowRange column : columns) {
                  line.add(
                      loop(
                          "x",
                          column.begin(),
                          column.end(),
                          x -> body.of(y.times(outputPitch).plus(x), tapsAt(y, x, row, column))));
                }
                return Loops.block(line);
              }));
    }
    return Loops.block(parts);
  }

  private Taps tapsAt(Index y, Index x, WindowRange row, WindowRange column) {
    Index corner =
        y.times(window.stride().rows() * inputPitch)
            .plus(x.times(window.stride().columns()))
            .plus(-window.padding().top() * inputPitch - window.padding().left());
    return new Taps() {
      @Override
      public Index first() {
        return corner.plus(row.firstTap() * inputPitch + column.firstTap());
      }

      @Override
      public Stmt each(Function<Index, Stmt> body) {
        return isUnrolled() ? new Block(writtenOut(body)) : inLoops(body);
      }

      @Override
      public Stmt rest(Function<Index, Stmt> body) {
        if (!isUnrolled()) {
          return inLoops(body);
        }
        List<Stmt> all = writtenOut(body);
        return new Block(all.subList(1, all.size()));
      }

      private boolean isUnrolled() {
        int taps = (row.endTap() - row.firstTap()) * (column.endTap() - column.firstTap());
        return taps <= unrolledTaps;
      }

      private List<Stmt> writtenOut(Function<Index, Stmt> body) {
        List<Stmt> statements = new ArrayList<>();
        for (int r = row.firstTap(); r < row.endTap(); r++) {
          for (int c = column.firstTap(); c < column.endTap(); c++) {
            statements.add(body.apply(corner.plus(r * inputPitch + c)));
          }
        }
        return statements;
      }

      private Stmt inLoops(Function<Index, Stmt> body) {
        int first = row.firstTap() * inputPitch + column.firstTap();
        IndexVar tapRow = new IndexVar("kernelRow", 0, row.endTap() - row.firstTap() - 1);
        IndexVar tapColumn =
            new IndexVar("kernelColumn", 0, column.endTap() - column.firstTap() - 1);
        return Loops.loop(
            tapRow,
            Index.of(0),
            Index.of(tapRow.max() + 1),
            r ->
                Loops.loop(
                    tapColumn,
                    Index.of(0),
                    Index.of(tapColumn.max() + 1),
                    c -> body.apply(corner.plus(r.times(inputPitch)).plus(c).plus(first))));
      }
    };
  }
}
