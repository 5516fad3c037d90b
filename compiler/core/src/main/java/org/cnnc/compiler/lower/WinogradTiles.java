package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.Optional;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
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

  /**
   * Transforms the sums of a row of tiles to pixels, with channels innermost.
   *
   * @param first the row's first tile, in its strip
   * @param sums one row a tile and place
   * @param bias one number a channel, if there is one
   * @param stored of a sum and its bias
   */
  Stmt transformSums(
      Index first, Buffer sums, Optional<ArrayRef> bias, StoredValue stored, Buffer pixels) {
    int channels = geometry.target().channels();
    return loop(
        "tileColumn",
        geometry.tileColumns(),
        tileColumn ->
            loop(
                "channel",
                channels,
                channel -> {
                  Index pixel = tileColumn.times(TILE * channels).plus(channel);
                  return WinogradTransform.pixels(
                      (r, c) ->
                          load(sum(sums, Index.of(r * SIDE + c), first.plus(tileColumn)), channel),
                      bias.map(array -> load(array, channel)),
                      stored,
                      (number, value) -> pixel(pixels, number, pixel, value));
                }));
  }

  /** The sums of a tile at a place, of all channels. */
  ArrayRef sum(Buffer sums, Index place, Index tile) {
    return row(sums, number(place, tile));
  }

  private Stmt pixel(Buffer pixels, int number, Index first, Expr value) {
    return new Store(
        row(pixels, Index.of(number / TILE)),
        first.plus(number % TILE * geometry.target().channels()),
        value);
  }

  /** Copies the pixels of a row of tiles to the planes of the target. */
  Stmt copyPixels(OperationScope scope, Index tileRow, Buffer pixels, Tensor target) {
    int channels = geometry.target().channels();
    int height = geometry.target().height();
    int pitch = scope.step().pitch(target);
    Index begin = tileRow.times(TILE);
    return loop(
        new IndexVar("y", 0, height - 1),
        begin,
        begin.plus(TILE).minimum(Index.of(height)),
        y ->
            loop(
                "channel",
                channels,
                channel ->
                    loop(
                        "x",
                        geometry.target().width(),
                        x ->
                            new Store(
                                scope.row(target, channel),
                                y.times(pitch).plus(x),
                                load(
                                    row(pixels, y.remainder(TILE)),
                                    x.times(channels).plus(channel))))));
  }
}
