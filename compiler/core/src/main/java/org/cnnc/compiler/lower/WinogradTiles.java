package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.schedule.WinogradGeometry;
import org.cnnc.compiler.train.Tensor;

/** What a Winograd convolution does with tiles before and after the products. */
record WinogradTiles(WinogradGeometry geometry) {
  private static final int SIDE = WinogradGeometry.SEEN;
  private static final int TILE = WinogradGeometry.TILE;

  /**
   * Transforms what a row of tiles sees: for each place and tile, the factors of the channels side
   * by side.
   *
   * @param tileRow of all rows
   * @param first the row's first tile, in its strip
   * @param factors all tiles, one after the other
   */
  Stmt transformSeen(Index tileRow, Index first, Buffer frame, Buffer factors) {
    int channels = geometry.source().channels();
    ArrayRef source = row(frame, Index.of(0));
    Index seenRow = tileRow.times(TILE * geometry.frameWidth());
    return loop(
        "tileColumn",
        geometry.tileColumns(),
        tileColumn ->
            loop(
                "channel",
                channels,
                channel -> {
                  Index seen = seenRow.plus(tileColumn.times(TILE)).times(channels).plus(channel);
                  Index target =
                      number(Index.of(0), first.plus(tileColumn)).times(channels).plus(channel);
                  return WinogradTransform.SEEN.body(
                      SIDE,
                      (r, c) -> load(source, seen.plus((r * geometry.frameWidth() + c) * channels)),
                      (place, value) ->
                          new Store(
                              row(factors, Index.of(0)), target.plus(place * channels), value));
                }));
  }

  /** A tile's factor of a channel at a place. */
  Expr factor(Buffer factors, Index place, Index tile, Index channel) {
    return load(
        row(factors, Index.of(0)),
        number(place, tile).times(geometry.source().channels()).plus(channel));
  }

  /** Places of tiles are counted tile by tile. */
  private static Index number(Index place, Index tile) {
    return tile.times(WinogradGeometry.PLACES).plus(place);
  }

  /** What becomes of the sums of a tile and channel. */
  interface TileBody {
    /**
     * The statements.
     *
     * @param sums of all places
     */
    Stmt of(Index tileColumn, Index channel, WinogradTransform.Element sums);
  }

  /**
   * Does something with the sums of each tile of a row and each channel, channels innermost.
   *
   * @param first the row's first tile, in its strip
   * @param sums one row a tile and place
   */
  Stmt eachSum(Index first, Buffer sums, TileBody body) {
    return loop(
        "tileColumn",
        geometry.tileColumns(),
        tileColumn ->
            loop(
                "channel",
                geometry.target().channels(),
                channel ->
                    body.of(
                        tileColumn,
                        channel,
                        (r, c) ->
                            load(
                                sum(sums, Index.of(r * SIDE + c), first.plus(tileColumn)),
                                channel))));
  }

  /** The sums of a tile at a place, of all channels. */
  ArrayRef sum(Buffer sums, Index place, Index tile) {
    return row(sums, number(place, tile));
  }

  /** Copies a row of pixels, channels innermost, to their planes. */
  static Stmt copyRow(OperationScope scope, ArrayRef pixels, Tensor target, Index y) {
    int channels = target.shape().channels();
    Index begin = y.times(scope.step().pitch(target));
    return loop(
        "channel",
        channels,
        channel ->
            loop(
                "x",
                target.shape().width(),
                x ->
                    new Store(
                        scope.row(target, channel),
                        begin.plus(x),
                        load(pixels, x.times(channels).plus(channel)))));
  }
}
