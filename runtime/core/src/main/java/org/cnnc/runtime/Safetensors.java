package org.cnnc.runtime;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The content of a safetensors file: eight bytes with the length of a JSON header, the header, then
 * the tensors' bytes, little-endian.
 *
 * <p>Reading checks all of the header against the file's size before anything is allocated for
 * tensors. Writing gives the same bytes for the same content: keys and tensors come in the order of
 * their maps, the header is filled up with spaces to a multiple of eight.
 *
 * @param source where it came from, for messages
 * @param metadata texts by key
 * @param tensors by name, in the order of the header
 */
public record Safetensors(
    String source, Map<String, String> metadata, Map<String, Tensor> tensors) {
  public Safetensors {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * Reads a file.
   *
   * @throws SafetensorsException if it is not a sound safetensors file of supported element types,
   *     or has more numbers than Java's memory
   * @throws IOException if it cannot be read
   */
  public static Safetensors read(Path file) throws IOException {
    try (SeekableByteChannel channel = open(file)) {
      return reader(file, channel).read();
    }
  }

  /**
   * Reads what a file says of itself, and none of its numbers; see {@link #read(Path)}.
   *
   * @return texts by key
   */
  public static Map<String, String> readMetadata(Path file) throws IOException {
    try (SeekableByteChannel channel = open(file)) {
      return reader(file, channel).readHeader().metadata();
    }
  }

  /**
   * Opens a file whose tensors are to be read in parts, as {@link SafetensorsHeader} tells.
   *
   * @throws SafetensorsException if it is a folder
   * @throws IOException if it cannot be opened
   */
  public static SeekableByteChannel open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new SafetensorsException(
          file.toString(), 0, "expected a safetensors file, found a folder");
    }
    return Files.newByteChannel(file);
  }

  /** The size is that of the open file: a running training may put another in its place. */
  static SafetensorsReader reader(Path file, SeekableByteChannel channel) throws IOException {
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    return new SafetensorsReader(file.toString(), in, channel.size());
  }

  /** Reads a stream to its end, and does not close it; {@code source} names it in messages. */
  public static Safetensors read(InputStream in, String source) throws IOException {
    return read(in.readAllBytes(), source);
  }

  /** Reads bytes in memory. */
  public static Safetensors read(byte[] bytes, String source) throws IOException {
    return new SafetensorsReader(source, new ByteArrayInputStream(bytes), bytes.length).read();
  }

  /**
   * The bytes of a file of this content.
   *
   * @throws OutOfMemoryError if no array can hold them: those of {@link #write} may be more
   */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      SafetensorsWriter.write(metadata, tensors, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory takes all bytes
    }
    return bytes.toByteArray();
  }

  /** Writes a file, whole or not at all; an existing one is replaced. */
  public void write(Path file) throws IOException {
    AtomicFiles.write(file, out -> SafetensorsWriter.write(metadata, tensors, out));
  }
}
