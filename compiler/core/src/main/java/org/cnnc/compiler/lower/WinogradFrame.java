package org.cnnc.compiler.lower;

import static org.cnnc.compiler.lower.Loops.loop;
import static org.cnnc.compiler.lower.OperationScope.load;
import static org.cnnc.compiler.lower.OperationScope.row;

import java.util.List;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.schedule.WinogradGeometry;
import org.cnnc.compiler.train.Tensor;

/**
 * Brings the source of a Winograd convolution between zeros, with channels innermost. A row of the
 * image at a time, so that the cache lines that channels share are still there for the next one.
 */
record WinogradFrame(WinogradGeometry geometry, Buffer buffer) {
  /** The statements for the source of the operation at hand. */
  Stmt fill(OperationScope scope) {
    return WindowGradient.of(scope.operation())
        .map(gradient -> fillPlaces(scope, gradient))
        .orElseGet(() -> fillWhole(scope, scope.operation().input(0)));
  }

  private Stmt fillWhole(OperationScope scope, Tensor source) {
    int channels = geometry.source().channels();
    int pitch = scope.step().pitch(source);
    return loop(
        "y",
        geometry.source().height(),
        y ->
            loop(
                "channel",
                channels,
                channel ->
                    loop(
                        "x",
                        geometry.source().width(),
                        x ->
                            new Store(
                                array(),
                                y.times(geometry.frameWidth())
                                    .plus(x)
                                    .times(channels)
                                    .plus(channel)
                                    .plus(start()),
                                load(scope.row(source, channel), y.times(pitch).plus(x))))));
  }

  /** Clears the frame, and puts the element of each window where it belongs. */
  private Stmt fillPlaces(OperationScope scope, WindowGradient gradient) {
    int channels = geometry.source().channels();
    Stmt put =
        loop(
            "y",
            gradient.shape().height(),
            y ->
                loop(
                    "channel",
                    channels,
                    channel ->
                        loop(
                            "x",
                            gradient.shape().width(),
                            x ->
                                gradient.put(
                                    scope,
                                    channel,
                                    y,
                                    x,
                                    place ->
                                        new WindowGradient.Target(
                                            array(),
                                            gradient
                                                .pixel(
                                                    y,
                                                    x,
                                                    place,
                                                    geometry.frameWidth() * channels,
                                                    channels)
                                                .plus(channel)
                                                .plus(start()))))));
    return new Block(List.of(new Fill(array(), 0, buffer.length(), Loops.ZERO), put));
  }

  private ArrayRef array() {
    return row(buffer, Index.of(0));
  }

  private int start() {
    int pixel = geometry.top() * geometry.frameWidth() + geometry.left();
    return pixel * geometry.source().channels();
  }
}
