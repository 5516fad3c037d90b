package org.cnnc.compiler.lower;

import java.util.function.Function;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Index;

/**
 * The planes of an image's channels in scratch memory: each an array of its own, or all in one.
 *
 * @param array of a channel
 * @param start where the channel's plane begins in its array
 */
record Planes(Function<Index, ArrayRef> array, Function<Index, Index> start) {
  /** One row of the buffer a channel. */
  static Planes rows(Buffer buffer) {
    return new Planes(channel -> OperationScope.row(buffer, channel), channel -> Index.of(0));
  }

  /** One plane after the other in a buffer of one row. */
  static Planes inOneRow(Buffer buffer, int planeLength) {
    return new Planes(
        channel -> OperationScope.row(buffer, Index.of(0)), channel -> channel.times(planeLength));
  }
}
