package org.cnnc.compiler.schedule;

/** What lies side by side in the vectors and rows of a convolution by Winograd; decides no bit. */
public enum WinogradLanes {
  /** The channels of the target. */
  TARGET_CHANNELS,
  /** The tiles of a strip, a channel after the other. */
  TILES;

  /**
   * Plain code adds whole rows, and C2 computes the beginning and the end of each row element by
   * element, so it takes what makes the longer rows. Kernels in registers have channels, which fill
   * vectors of any width.
   */
  public static WinogradLanes of(WinogradGeometry geometry, Target target) {
    boolean tiles = target == Target.PLAIN && geometry.rowOfStrip() >= geometry.target().channels();
    return tiles ? TILES : TARGET_CHANNELS;
  }
}
