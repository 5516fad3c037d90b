package org.cnnc.compiler.fuzz;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cnnc.compiler.fuzz.ByteChanges.Field;

/**
 * The kinds of files with data or weights. The last number of each is what a byte of it, unzipped,
 * can make a reader allocate.
 */
enum FileKind {
  /** A byte can be an image of one pixel, which is fitted to a network's input. */
  IDX_IMAGES(Names.IMAGES, Names.IMAGES, idx(Examples.idxImages(), 4), 1 << 14),
  IDX_LABELS(Names.LABELS, Names.IMAGES, idx(Examples.idxLabels(), 2), 1 << 14),
  IDX_ZIPPED(
      Names.IMAGES + ".gz",
      Names.IMAGES + ".gz",
      new GzipForm(idx(Examples.idxImages(), 4)),
      1 << 14),
  CIFAR(Names.BATCH, Names.BATCH, plain(List.of(Examples.cifarBatch()), "\0\1"), 1 << 8),
  /** Read with the folder that they lie in. */
  CIFAR_NAMES("batches.meta.txt", "", plain(List.of(names()), "\n", "\r", "\0", "é"), 1 << 10),
  /** A hundred bytes can be a picture, its name and its place in the directory. */
  ZIP("data.zip", "data.zip", new ZipForm(Examples.zips()), 1 << 16),
  TAR("data.tar", "data.tar", new TarForm(Examples.tars()), 1 << 14),
  TAR_ZIPPED("data.tgz", "data.tgz", new GzipForm(new TarForm(Examples.tars())), 1 << 14),
  /** A row of eight bytes can be a picture, which is decoded as often as it is listed. */
  LIST(
      "data.csv",
      "data.csv",
      plain(
          Examples.lists(),
          "\"",
          ",",
          "\r",
          "\n",
          "../",
          "/",
          "\\",
          "1.bmp",
          "2.png",
          ".",
          "\0",
          "\ufeff",
          "99999999999",
          "\n1.bmp,1\n"),
      1 << 16),
  TENSORS(
      "data.safetensors",
      "data.safetensors",
      new TensorsForm(Examples.tensors(SmallNetwork.CLASSES, 8, 8)),
      1 << 8),
  WEIGHTS(
      "weights.safetensors",
      "weights.safetensors",
      new TensorsForm(List.of(SmallNetwork.weights())),
      1 << 8);

  private final String file;
  private final String read;

  @SuppressWarnings("ImmutableEnumChecker") // nobody changes an example
  private final Form form;

  private final long bytesOfByte;

  FileKind(String file, String read, Form form, long bytesOfByte) {
    this.file = file;
    this.read = read;
    this.form = form;
    this.bytesOfByte = bytesOfByte;
  }

  private static final class Names {
    static final String IMAGES = "t-images-idx3-ubyte";
    static final String LABELS = "t-labels-idx1-ubyte";
    static final String BATCH = "data_batch_1.bin";
  }

  private static Form idx(byte[] example, int numbers) {
    List<Field> fields =
        IntStream.range(0, numbers)
            .mapToObj(i -> new Field(4 * i, 4, ByteOrder.BIG_ENDIAN))
            .toList();
    return new PlainForm(List.of(example), fields, List.of("\0\0\10\3", "\0\0\10\1"));
  }

  private static Form plain(List<byte[]> examples, String... words) {
    return new PlainForm(examples, List.of(), List.of(words));
  }

  private static byte[] names() {
    return "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n".getBytes(StandardCharsets.UTF_8);
  }

  /** The name of the file. */
  String file() {
    return file;
  }

  /** What a reader is given: the file, or what it is read with. */
  String read() {
    return read;
  }

  Form form() {
    return form;
  }

  long bytesOfByte() {
    return bytesOfByte;
  }

  boolean isGzip() {
    return form instanceof GzipForm;
  }

  /** Sound files that lie beside it. */
  Map<String, byte[]> beside() {
    return switch (this) {
      case IDX_IMAGES, IDX_ZIPPED -> Map.of(Names.LABELS, Examples.idxLabels());
      case IDX_LABELS -> Map.of(Names.IMAGES, Examples.idxImages());
      case CIFAR_NAMES -> Map.of(Names.BATCH, Examples.cifarBatch());
      case LIST -> Examples.listed();
      default -> Map.of();
    };
  }
}
