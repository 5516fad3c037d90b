package org.cnnc.compiler.lower;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.schedule.Scratch;

/**
 * What a {@link WinogradByChannels} makes of the sums of its tiles: first with channels innermost,
 * as they are, then in planes.
 */
interface WinogradResults {
  /** The memory for a row of tiles. */
  List<Scratch> scratch();

  /**
   * Transforms the sums of a row of tiles.
   *
   * @param first the row's first tile, in its strip
   * @param bias one number a channel, if there is one
   */
  Stmt transform(OperationScope scope, Index first, Optional<ArrayRef> bias);

  /**
   * Copies what came of a row of tiles to planes.
   *
   * @param tileRow of all rows
   */
  Stmt copy(OperationScope scope, Index tileRow);
}
