package org.cnnc.compiler.fuzz;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.cnnc.compiler.fuzz.ByteChanges.Field;
import org.cnnc.runtime.Picture;
import org.cnnc.training.picture.BrokenPictureException;
import org.cnnc.training.picture.PictureDecoder;

/** Mutilated pictures, decoded in memory. */
final class HostilePictures implements Hostile<HostilePictures.PictureBytes> {
  /** Of Java's readers: their buffers, of which that for BMPs has a mebibyte, and metadata. */
  private static final long BYTES_A_PICTURE = 2 << 20;

  private static final long BYTES_A_BYTE = 256;

  /** Decoded by Java, copied, and turned: three times up to eight bytes. */
  private static final long BYTES_A_PIXEL = 24;

  /**
   * Warnings of Java's reader of JPEGs, a text each: behind the end of a file it makes up three
   * bytes at a time, and skips a segment of up to 65,535. Twice that, for others.
   */
  private static final long BYTES_OF_JPEG_WARNINGS = 65_535 / 3 * 2 * 270;

  /** What Java's reader of JPEGs drops for each row that it hands over. */
  private static final long BYTES_A_JPEG_ROW = 1 << 10;

  private static final long MOST_JPEG_ROWS = 0xffff;

  /**
   * The kinds, each with the pixels that a byte of it can be at most.
   *
   * <p>PNG: one bit a pixel, 1,032 bytes for one by deflate. JPEG: a bit for each block of 64. BMP:
   * two bytes for a run of 255. GIF: twelve bits for 4,096.
   */
  enum Kind {
    PNG(new PngForm(Examples.pngs()), 1032 * 8),
    JPEG(new JpegForm(Examples.jpegs()), 8 * 64),
    BMP(new PlainForm(Examples.bmps(), bmpFields(), List.of("BM")), 128),
    GIF(
        new PlainForm(Examples.gifs(), gifFields(), List.of("GIF89a", "!\u0000", ",", ";")),
        4096 * 8 / 12);

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes an example
    private final Form form;

    private final long pixelsOfByte;

    Kind(Form form, long pixelsOfByte) {
      this.form = form;
      this.pixelsOfByte = pixelsOfByte;
    }

    Form form() {
      return form;
    }
  }

  /** What Java's reader drops beside pixels, of so many rows. */
  private static long dropped(byte[] bytes, long rows) {
    boolean jpeg = bytes.length > 1 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xd8;
    return jpeg ? BYTES_OF_JPEG_WARNINGS + BYTES_A_JPEG_ROW * Math.min(rows, MOST_JPEG_ROWS) : 0;
  }

  private static List<Field> bmpFields() {
    List<Field> fields = new ArrayList<>();
    for (int place : new int[] {2, 10, 14, 18, 22, 30, 34, 38, 42, 46, 50}) {
      fields.add(new Field(place, 4, LITTLE_ENDIAN));
    }
    fields.add(new Field(26, 2, LITTLE_ENDIAN));
    fields.add(new Field(28, 2, LITTLE_ENDIAN));
    return fields;
  }

  /** Of the screen; those of the frame are behind a table of colours, where others change. */
  private static List<Field> gifFields() {
    return List.of(
        new Field(6, 2, LITTLE_ENDIAN),
        new Field(8, 2, LITTLE_ENDIAN),
        new Field(10, 1, LITTLE_ENDIAN),
        new Field(11, 1, LITTLE_ENDIAN));
  }

  /** A file of a kind that it was made from; mutation may have made it another. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record PictureBytes(Kind kind, byte[] bytes) {}

  @Override
  public Iterable<PictureBytes> examples() {
    List<PictureBytes> examples = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      kind.form.examples().forEach(file -> examples.add(new PictureBytes(kind, file)));
    }
    return examples;
  }

  /** Mostly PNG and JPEG. */
  @Override
  public PictureBytes make(RandomGenerator random) {
    Kind[] kinds = {Kind.PNG, Kind.PNG, Kind.JPEG, Kind.JPEG, Kind.BMP, Kind.GIF};
    Kind kind = kinds[random.nextInt(kinds.length)];
    return new PictureBytes(kind, kind.form.make(random));
  }

  @Override
  public Verdict read(PictureBytes input) {
    long size = input.bytes().length;
    long justified = BYTES_A_PICTURE + BYTES_A_BYTE * size;
    try {
      Picture picture = PictureDecoder.decode(input.bytes()).picture();
      long pixels = (long) picture.width() * picture.height();
      if (picture.argb().length != pixels || pixels == 0) {
        throw new AssertionError("a picture of " + picture.width() + " x " + picture.height());
      }
      long stored = Math.max(picture.width(), picture.height()); // rows, before it was turned
      return new Verdict(true, justified + BYTES_A_PIXEL * pixels + dropped(input.bytes(), stored));
    } catch (BrokenPictureException e) {
      expectReason(e);
      long pixels = input.kind().pixelsOfByte * size;
      return new Verdict(
          false, justified + BYTES_A_PIXEL * pixels + dropped(input.bytes(), pixels));
    }
  }

  private static void expectReason(BrokenPictureException e) {
    if (String.valueOf(e.getMessage()).length() < 10) {
      throw new AssertionError("nothing is said: " + e.getMessage(), e);
    }
  }

  @Override
  public String extension(PictureBytes input) {
    return "." + input.kind().name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public byte[] content(PictureBytes input) {
    return input.bytes();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
