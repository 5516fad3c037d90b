package org.cnnc.compiler.lower;

import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.schedule.ConvAlgorithm;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.KernelWork.Axes;
import org.cnnc.compiler.schedule.KernelWork.Copies;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.schedule.WinogradGeometry;
import org.cnnc.compiler.schedule.WinogradLanes;

/** What the kernels of a {@link WinogradConvolution} have to do for one image. */
final class WinogradWork {
  /** What a transform takes of a tile and channel, in floats that would take as long to copy. */
  private static final int SEEN_FLOATS = 32;

  private static final int TILE_FLOATS = 24;

  private WinogradWork() {}

  static KernelWork of(WinogradGeometry geometry, Target target) {
    return switch (WinogradLanes.of(geometry, target)) {
      case TARGET_CHANNELS -> byChannels(geometry, target, turned(geometry, geometry.target()));
      case TILES -> byTiles(geometry);
    };
  }

  /**
   * With the largest pixel of each tile alone.
   *
   * @param value of the pool
   */
  static KernelWork pooled(WinogradGeometry geometry, TensorShape value) {
    return byChannels(geometry, Target.VECTOR, turned(geometry, value));
  }

  private static KernelWork byChannels(WinogradGeometry geometry, Target target, long turned) {
    boolean vectors = target == Target.VECTOR;
    long transforms = transforms(geometry);
    return new KernelWork(
        vectors ? Form.REGISTERS : Form.ROWS,
        new Axes("tiles of 2 x 2 pixels", "source channels", "target channels"),
        geometry.stripTiles(),
        geometry.source().channels(),
        geometry.target().channels(),
        Math.multiplyExact(WinogradGeometry.PLACES, geometry.strips()),
        products(geometry),
        vectors ? new Copies(transforms, turned) : new Copies(0, transforms / 2 + turned),
        1,
        0,
        ConvAlgorithm.WINOGRAD);
  }

  private static KernelWork byTiles(WinogradGeometry geometry) {
    return new KernelWork(
        Form.ROWS,
        new Axes("target channels", "source channels", "tiles of 2 x 2 pixels"),
        geometry.target().channels(),
        geometry.source().channels(),
        geometry.rowOfStrip(),
        Math.multiplyExact(WinogradGeometry.PLACES, geometry.longStrips()),
        products(geometry),
        new Copies(transforms(geometry), turned(geometry, geometry.target())),
        1,
        0,
        ConvAlgorithm.WINOGRAD);
  }

  private static long products(WinogradGeometry geometry) {
    long places = Math.multiplyExact((long) geometry.tiles(), WinogradGeometry.PLACES);
    return Math.multiplyExact(
        Math.multiplyExact(places, geometry.source().channels()), geometry.target().channels());
  }

  private static long transforms(WinogradGeometry geometry) {
    return (long) geometry.tiles()
        * ((long) SEEN_FLOATS * geometry.source().channels()
            + (long) TILE_FLOATS * geometry.target().channels());
  }

  /** What is brought into another order before and after. */
  private static long turned(WinogradGeometry geometry, TensorShape value) {
    return (long) geometry.source().elements() + value.elements();
  }
}
