package org.cnnc.compiler.lower;

import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.schedule.KernelChoice;
import org.cnnc.compiler.schedule.MechanicalSchedule;
import org.cnnc.compiler.schedule.Scratch;
import org.cnnc.compiler.schedule.WinogradGeometry;
import org.cnnc.compiler.schedule.WinogradLanes;

/**
 * A convolution by {@link WinogradTransform}s, from [S, h, w] to [T, H, W]:
 *
 * <pre>
 * U[p][s][t] = KERNEL of the 3 x 3 weights of s and t           once for all images
 * V[p][n][s] = SEEN of the 4 x 4 pixels of s that tile n sees
 * M[p][n][t] = 0 + sum over s of V[p][n][s] * U[p][s][t]        at each of the 16 places p
 * y[t] at n  = TILE of M[.][n][t], + bias[t]
 * </pre>
 */
interface WinogradConvolution {
  /**
   * With the lanes that suit a target.
   *
   * @param turned whether the kernel is turned by 180 degrees, and channels change roles: for the
   *     gradient of the input
   */
  static WinogradConvolution of(
      WinogradGeometry geometry,
      boolean turned,
      MechanicalSchedule mechanical,
      KernelChoice choice) {
    return switch (WinogradLanes.of(geometry, mechanical.target())) {
      case TARGET_CHANNELS ->
          new WinogradByChannels(
              geometry, turned, mechanical, choice, new WinogradPixels(geometry));
      case TILES -> new WinogradByTiles(geometry, turned, choice);
    };
  }

  /** The memory that it works in. */
  List<Scratch> scratch();

  /** Transforms the weight. */
  void prepare(OperationScope scope);

  /** Writes the loops; {@code bias} is the row of biases, if there are any. */
  void lower(OperationScope scope, Optional<ArrayRef> bias);
}
