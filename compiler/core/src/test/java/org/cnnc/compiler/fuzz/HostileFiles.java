package org.cnnc.compiler.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.ValueInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.SafetensorsException;
import org.cnnc.runtime.WeightsException;
import org.cnnc.training.data.DataException;
import org.cnnc.training.data.DataReader;
import org.cnnc.training.data.DataVisitor;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.ImageSink;
import org.cnnc.training.data.StoredImage;

/**
 * Mutilated files of data and weights, read from a folder as a user's are; where the system has a
 * file system in memory, the folder is there.
 */
final class HostileFiles implements Hostile<HostileFiles.FileBytes> {
  /** Of readers: buffers of streams, Java's readers of pictures, tables of names. */
  private static final long BYTES_A_FILE = 2 << 20;

  private static final List<FileKind> KINDS = List.of(FileKind.values());
  private static final Path IN_MEMORY = Path.of("/dev/shm");

  private final Path folder;
  private final SmallNetwork network = SmallNetwork.compile(SmallNetwork.CLASSES);
  private final SmallNetwork forCifar = SmallNetwork.compile(10);

  /** A file of a kind. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record FileBytes(FileKind kind, byte[] bytes) {}

  HostileFiles() {
    try {
      Path root =
          Files.isWritable(IN_MEMORY) ? IN_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
      folder = Files.createTempDirectory(root, "cnnc-fuzz-");
      for (FileKind kind : FileKind.values()) {
        Files.createDirectory(place(kind));
        for (Map.Entry<String, byte[]> file : kind.beside().entrySet()) {
          Files.write(place(kind).resolve(file.getKey()), file.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path place(FileKind kind) {
    return folder.resolve(kind.name());
  }

  @Override
  public Iterable<FileBytes> examples() {
    List<FileBytes> examples = new ArrayList<>();
    for (FileKind kind : FileKind.values()) {
      kind.form().examples().forEach(file -> examples.add(new FileBytes(kind, file)));
    }
    return examples;
  }

  @Override
  public FileBytes make(RandomGenerator random) {
    FileKind kind = ByteChanges.one(KINDS, random);
    return new FileBytes(kind, kind.form().make(random));
  }

  @Override
  public Verdict read(FileBytes input) throws IOException {
    FileKind kind = input.kind();
    Path place = place(kind);
    Files.write(place.resolve(kind.file()), input.bytes());
    Path path = place.resolve(kind.read());
    long size = kind.isGzip() ? unzippedSize(input.bytes()) : 0;
    long justified = BYTES_A_FILE + kind.bytesOfByte() * Math.max(size, input.bytes().length);
    try {
      if (kind == FileKind.WEIGHTS) {
        Safetensors.readMetadata(path);
        Parameters.load(network.program(), network.info(), Safetensors.read(path));
      } else {
        readData(
            path,
            kind == FileKind.CIFAR_NAMES ? forCifar.info() : network.info(),
            Arrays.hashCode(input.bytes()) & 3);
      }
      return new Verdict(true, justified);
    } catch (DataException | SafetensorsException | WeightsException e) {
      expectFileNamed(e, place);
      return new Verdict(false, justified);
    }
  }

  private static void expectFileNamed(IOException e, Path place) {
    if (!String.valueOf(e.getMessage()).startsWith(place.toString())) {
      throw new AssertionError("the file is not named: " + e.getMessage(), e);
    }
  }

  /**
   * For a network, some of them also without what is broken, and some for no network; which of them
   * hangs on the bytes, so that the seed alone repeats it.
   */
  private static void readData(Path path, ProgramInfo info, int choice) throws IOException {
    DataReader reader = new DataReader(info);
    if (choice == 0) {
      reader = reader.skippingBroken(broken -> {});
    } else if (choice == 1 && !path.toString().endsWith(".safetensors")) {
      DataReader.visit(path, Optional.empty(), new Look());
    }
    expectSound(reader.read(path).training(), info);
  }

  private static void expectSound(Dataset data, ProgramInfo info) {
    ValueInfo output = info.value(info.outputs().get(0).value()).orElseThrow();
    for (int i = 0; i < data.size(); i++) {
      if (data.label(i) < 0 || data.label(i) >= output.elements()) {
        throw new AssertionError("image " + i + " is of class " + data.label(i));
      }
    }
    if (data.size() > 0) {
      data.read(data.size() - 1, new Nowhere());
    }
  }

  /** Bytes that a gzip file holds, as far as it can be read. */
  private static long unzippedSize(byte[] zipped) {
    long size = 0;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      byte[] buffer = new byte[1 << 12];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        size += read;
      }
      return size;
    } catch (IOException e) {
      return size; // and broken from there on
    }
  }

  /** Looks at the pixels of each image, as {@code cnnc data} does. */
  private static final class Look implements DataVisitor {
    @Override
    public void part(String name, List<String> classes) {
      // Any will do.
    }

    @Override
    public void image(StoredImage image, int label) {
      if (image.picture().argb().length == 0 || label < 0) {
        throw new AssertionError(image.place() + " is of class " + label);
      }
    }

    @Override
    public void broken(DataException problem) {
      // That is what it is for.
    }
  }

  /** Takes an image, of which nothing is needed. */
  private static final class Nowhere implements ImageSink {
    @Override
    public void pixels(byte[] pixels, int offset) {
      // Being read is all.
    }

    @Override
    public void floats(float[] values, int offset) {
      // Being read is all.
    }
  }

  @Override
  public String extension(FileBytes input) {
    return "-" + input.kind().file();
  }

  @Override
  public byte[] content(FileBytes input) {
    return input.bytes();
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
