package org.cnnc.training.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file of images of the same number of bytes, one after the other: written once, then read by any
 * number of threads. It is one of {@link TemporaryFiles}.
 */
final class ImageFile implements AutoCloseable {
  private static final int MOST_BUFFERED = 1 << 18;

  private final Path folder;
  private final int elements;
  private final FileChannel channel;
  private ByteBuffer unwritten;
  private volatile boolean closedByInterrupt;

  private ImageFile(Path folder, int elements, FileChannel channel) {
    this.folder = folder;
    this.elements = elements;
    this.channel = channel;
    this.unwritten = ByteBuffer.allocate(Math.max(1, MOST_BUFFERED / elements) * elements);
  }

  /**
   * Makes an empty file.
   *
   * @param images how many it must have room for
   * @param elements bytes of an image
   * @throws DataException if that is not possible in this folder; the message says why
   */
  static ImageFile create(Path folder, long images, int elements) throws IOException {
    return new ImageFile(folder, elements, TemporaryFiles.make(folder, images * elements));
  }

  /** Adds an image behind the others. */
  void add(byte[] pixels) throws DataException {
    if (!unwritten.hasRemaining()) {
      writeOut();
    }
    unwritten.put(pixels, 0, elements);
  }

  /** All images are there; from now on they can be read. */
  void finish() throws DataException {
    writeOut();
    unwritten = ByteBuffer.allocate(0);
  }

  private void writeOut() throws DataException {
    unwritten.flip();
    try {
      while (unwritten.hasRemaining()) {
        channel.write(unwritten);
      }
    } catch (IOException e) {
      throw TemporaryFiles.problem(folder, "not all images can be kept here", e);
    }
    unwritten.clear();
  }

  /**
   * Reads an image. A thread that was interrupted before reads on; an interrupt that comes while it
   * reads closes the file for all, as those of {@link FileChannel} do, and all are told so.
   *
   * @param buffer as large as an image
   */
  void read(int image, ByteBuffer buffer) {
    boolean interrupted = Thread.interrupted(); // an interrupted thread would close the channel
    try {
      long begin = (long) image * elements;
      buffer.clear();
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, begin + buffer.position()) < 0) {
          throw new EOFException("it ends before image " + image);
        }
      }
    } catch (ClosedChannelException e) {
      closedByInterrupt |= e instanceof ClosedByInterruptException;
      throw new UncheckedIOException(new DataException(folder, whyClosed(), e));
    } catch (IOException e) {
      throw new UncheckedIOException(
          TemporaryFiles.problem(folder, "the images kept here cannot be read", e));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private String whyClosed() {
    return closedByInterrupt
        ? "the images kept here cannot be read any more: a thread was interrupted while it read one,"
            + " which closes the file"
        : "the images kept here cannot be read any more: their file was closed";
  }

  int elements() {
    return elements;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
