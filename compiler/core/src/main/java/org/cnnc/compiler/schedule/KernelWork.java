package org.cnnc.compiler.schedule;

/**
 * What the kernel of an operation has to do in one run: {@code sums} times {@code lanes} times
 * {@code repeats} sums of {@code terms} products each.
 *
 * @param form how the sums are kept
 * @param axes what they are, in words
 * @param sums how many sums a lane has
 * @param terms products that are added to each sum
 * @param lanes sums that lie side by side, those that nobody reads (past the end of a row) included
 * @param repeats how often that is done
 * @param multiplyAdds products that somebody who knows the algorithm would count
 * @param copies what is brought into another order before
 * @param images that one run is about
 * @param places in a row of a pool's window that each sum is computed at, side by side; 0 without a
 *     pool
 * @param algorithm how the sums come about
 */
public record KernelWork(
    Form form,
    Axes axes,
    int sums,
    int terms,
    int lanes,
    int repeats,
    long multiplyAdds,
    Copies copies,
    int images,
    int places,
    ConvAlgorithm algorithm) {
  /** Most sums of a tile, each place counted: the code of more is too large. */
  private static final int MOST_SUMS_AT_PLACES = 12;

  /** As the formula says, without a pool. */
  public KernelWork(
      Form form,
      Axes axes,
      int sums,
      int terms,
      int lanes,
      int repeats,
      long multiplyAdds,
      Copies copies,
      int images) {
    this(form, axes, sums, terms, lanes, repeats, multiplyAdds, copies, images, 0);
  }

  /** As the formula says, at places of a pool's window. */
  public KernelWork(
      Form form,
      Axes axes,
      int sums,
      int terms,
      int lanes,
      int repeats,
      long multiplyAdds,
      Copies copies,
      int images,
      int places) {
    this(
        form,
        axes,
        sums,
        terms,
        lanes,
        repeats,
        multiplyAdds,
        copies,
        images,
        places,
        ConvAlgorithm.DIRECT);
  }

  /** Whether sums are computed to be pooled. */
  boolean isPooled() {
    return places > 0;
  }

  /** The largest tile that a kernel can be made with, of those that are not larger than asked. */
  KernelChoice limited(KernelChoice asked) {
    if (isPooled()) {
      return asked.withTile(Math.min(asked.sums(), MOST_SUMS_AT_PLACES / places), 1);
    }
    return form == Form.PAIRS
        ? asked.withTile(Math.min(asked.sums(), KernelChoice.MOST_SUMS / images), images)
        : asked.withAtMost(mostVectors(asked.sums()));
  }

  /** How sums are kept while they grow. */
  public enum Form {
    /** A tile of sums in registers, over all terms: loads a vector and a float for each sum. */
    REGISTERS,
    /**
     * As {@link #REGISTERS}, but the lanes are channels, in groups as wide as the vectors of a sum
     * on the widest machine, and the sums of a run over part of the terms wait in memory.
     */
    CHANNELS,
    /**
     * As {@link #REGISTERS}, but each factor is a vector: the lanes are partial sums of a sum, the
     * vectors side by side those of the images at hand.
     */
    PAIRS,
    /**
     * As {@link #REGISTERS}, but each sum reads vectors of its own, at places that the step found:
     * a vector for each product.
     */
    PLACES,
    /** As {@link #PLACES}, but the sums of a tile share the place. */
    TAPS,
    /** Each sum is a row in memory; a loop adds a tile of terms to it, each a row. */
    ROWS
  }

  /** What the numbers count: {@code "output channels"}, {@code "kernel taps"}, {@code "pixels"}. */
  public record Axes(String sums, String terms, String lanes, Images images) {
    /** What counts images, of which a step may have fewer than the kernel is made for. */
    public enum Images {
      /** Each run is about one. */
      NOTHING,
      /** As many as are computed at once, one in some programs. */
      SUMS,
      /** Those of the batch. */
      TERMS
    }

    public Axes(String sums, String terms, String lanes) {
      this(sums, terms, lanes, Images.NOTHING);
    }

    /** Each sum is of another image. */
    public static Axes overImages(String terms, String lanes) {
      return new Axes("images", terms, lanes, Images.SUMS);
    }

    /** Each term is of another image. */
    public static Axes ofImages(String sums, String lanes) {
      return new Axes(sums, "images", lanes, Images.TERMS);
    }
  }

  /**
   * Floats that are copied.
   *
   * @param inRows side by side, as vectors
   * @param single one at a time
   */
  public record Copies(long inRows, long single) {
    public static final Copies NONE = new Copies(0, 0);
  }

  /**
   * The most vectors of a sum that a kernel computes side by side.
   *
   * @param sums at once
   */
  int mostVectors(int sums) {
    return switch (form) {
      case REGISTERS, PLACES -> KernelChoice.MOST_VECTORS;
      case CHANNELS -> // more code is not compiled well
          Math.min(KernelChoice.MOST_CHANNEL_VECTORS, Math.max(1, KernelChoice.MOST_SUMS / sums));
      case ROWS -> mostRowsOfSums(sums);
      case PAIRS -> images;
      case TAPS -> 1;
    };
  }

  /** All sums of a run read the same rows. */
  private int mostRowsOfSums(int rows) {
    return Math.max(1, Math.min(sums, KernelChoice.MOST_SUMS / rows));
  }

  /**
   * Whether a told tile is meant for this work: not one that was found with another number of
   * images at once, in another program or batch of the same model.
   */
  boolean accepts(KernelChoice told) {
    if (form == Form.PAIRS) {
      return told.vectors() == images;
    }
    int atOnce = form == Form.ROWS ? told.vectors() : told.sums();
    return axes.images() != Axes.Images.SUMS || atOnce == sums;
  }

  /** What is cut into tiles: sums where they are in registers, else terms. */
  int tiled() {
    return form == Form.ROWS ? terms : sums;
  }

  /** Whether tiles are of nearly equal size; terms that may be fewer are not. */
  boolean isCutEvenly() {
    return form != Form.ROWS || axes.images() != Axes.Images.TERMS;
  }

  /** The tiles that come out when none may be larger than {@code most}. */
  Tiles tiles(int most) {
    if (isCutEvenly()) {
      return Tiles.of(tiled(), most);
    }
    int size = most > tiled() ? 1 : most;
    return new Tiles(size, tiled() / size, tiled() % size);
  }

  /** Size of the small ones of {@link #tiles}. */
  int smallSize(Tiles tiles) {
    return isCutEvenly() ? tiles.size() - 1 : 1;
  }

  /** Floats that a run reads and uses for one product each, as far as it uses no other twice. */
  long floatsUsedOnce() {
    if (form == Form.PAIRS) {
      return images == 1 ? (long) sums * terms * lanes : 0;
    }
    boolean once = form == Form.CHANNELS ? repeats == 1 : form == Form.ROWS;
    boolean usedOnce = sums == 1 && once && axes.images() != Axes.Images.TERMS;
    return usedOnce ? (long) terms * lanes : 0;
  }
}
