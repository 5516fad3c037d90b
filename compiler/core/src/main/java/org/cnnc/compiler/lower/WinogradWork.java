package org.cnnc.compiler.lower;

import org.cnnc.compiler.schedule.ConvAlgorithm;
import org.cnnc.compiler.schedule.KernelWork;
import org.cnnc.compiler.schedule.KernelWork.Axes;
import org.cnnc.compiler.schedule.KernelWork.Copies;
import org.cnnc.compiler.schedule.KernelWork.Form;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.schedule.WinogradGeometry;

/** What the kernels of a {@link WinogradConvolution} have to do for one image. */
final class WinogradWork {
  /** What a transform takes of a tile and channel, in floats that would take as long to copy. */
  private static final int SEEN_FLOATS = 32;

  private static final int TILE_FLOATS = 24;

  private WinogradWork() {}

  static KernelWork of(WinogradGeometry geometry, Target target) {
    int from = geometry.source().channels();
    int to = geometry.target().channels();
    int places = WinogradGeometry.PLACES;
    long products =
        Math.multiplyExact(Math.multiplyExact((long) geometry.tiles() * places, from), to);
    long transforms =
        (long) geometry.tiles() * ((long) SEEN_FLOATS * from + (long) TILE_FLOATS * to);
    long turned = (long) geometry.source().elements() + geometry.target().elements();
    boolean vectors = target == Target.VECTOR;
    return new KernelWork(
        vectors ? Form.REGISTERS : Form.ROWS,
        new Axes("tiles of 2 x 2 pixels", "source channels", "target channels"),
        geometry.stripTiles(),
        from,
        to,
        Math.multiplyExact(places, geometry.strips()),
        products,
        vectors ? new Copies(transforms, turned) : new Copies(0, transforms / 2 + turned),
        1,
        0,
        ConvAlgorithm.WINOGRAD);
  }
}
