package org.cnnc.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.runtime.SafetensorsHeader.Entry;

/** Reads a safetensors file of known size from a stream: header, checks, then the tensors. */
final class SafetensorsReader {
  /** The reference implementation's limit. */
  private static final long MAX_HEADER = 100_000_000;

  /** HotSpot has no longer arrays. */
  private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 2;

  private static final int CHUNK = 1 << 16;

  private final String file;
  private final InputStream in;
  private final long size;

  SafetensorsReader(String file, InputStream in, long size) {
    this.file = file;
    this.in = in;
    this.size = size;
  }

  Safetensors read() throws IOException {
    SafetensorsHeader header = readHeader();
    long start = size - header.dataBytes();
    expectArrays(header, start);
    expectMemory(header.elements());
    return new Safetensors(file, header.metadata(), readTensors(header, start));
  }

  /** Before anything is allocated. */
  private void expectArrays(SafetensorsHeader header, long start) throws SafetensorsException {
    for (Map.Entry<String, Entry> named : header.entries().entrySet()) {
      Entry entry = named.getValue();
      if (entry.elements() > MAX_ELEMENTS) {
        throw new SafetensorsException(
            file,
            start + entry.begin(),
            "tensor \"" + named.getKey() + "\" is too large: shape " + entry.dims());
      }
    }
  }

  /** Before anything is allocated. */
  private void expectMemory(long elements) throws SafetensorsException {
    long most = Runtime.getRuntime().maxMemory();
    if (elements > most / Float.BYTES) {
      throw new SafetensorsException(
          file,
          0,
          "its tensors are "
              + elements
              + " numbers, four bytes each in memory; Java's memory is at most "
              + most
              + " bytes (-Xmx in JAVA_TOOL_OPTIONS allows more)");
    }
  }

  /** What comes before the tensors, checked against the size of the file. */
  SafetensorsHeader readHeader() throws IOException {
    if (size < 8) {
      throw new SafetensorsException(
          file, 0, "expected a safetensors file of at least 8 bytes, found " + size);
    }
    long length = ByteBuffer.wrap(bytes(0, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > Math.min(MAX_HEADER, size - 8)) {
      throw new SafetensorsException(
          file,
          0,
          "expected the length of a safetensors header, at most "
              + Math.min(MAX_HEADER, size - 8)
              + ", found "
              + Long.toUnsignedString(length));
    }
    return SafetensorsHeader.parse(file, bytes(8, (int) length), size - 8 - length);
  }

  private Map<String, Tensor> readTensors(SafetensorsHeader header, long start) throws IOException {
    List<Map.Entry<String, Entry>> byOffset = new ArrayList<>(header.entries().entrySet());
    byOffset.sort(new SafetensorsHeader.ByPlace());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : header.entries().keySet()) {
      tensors.put(name, null);
    }
    for (Map.Entry<String, Entry> named : byOffset) {
      tensors.put(named.getKey(), readTensor(named.getValue(), start));
    }
    return tensors;
  }

  private Tensor readTensor(Entry entry, long start) throws IOException {
    float[] values = new float[(int) entry.elements()];
    int bytes = entry.type().bytes();
    for (int done = 0; done < values.length; ) {
      int count = Math.min(CHUNK / bytes, values.length - done);
      byte[] chunk = bytes(start + entry.begin() + (long) done * bytes, count * bytes);
      entry.type().convert(ByteBuffer.wrap(chunk), values, done, count);
      done += count;
    }
    return new Tensor(entry.type(), entry.dims(), values);
  }

  private byte[] bytes(long offset, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length != count) {
      throw new SafetensorsException(
          file, offset + bytes.length, "the file ended while it was read");
    }
    return bytes;
  }
}
