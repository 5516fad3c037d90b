package org.cnnc.runtime;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.runtime.Tensor.ElementType;

/**
 * The header of a safetensors file, checked: tensors cover the data without gap or overlap.
 *
 * @param metadata texts by key
 * @param entries by name, in the header's order
 */
public record SafetensorsHeader(Map<String, String> metadata, Map<String, Entry> entries) {
  private static final String METADATA = "__metadata__";
  private static final int MAX_DIMS = 16;

  /**
   * Where a tensor is; offsets count from the end of the header, which is followed by data alone.
   */
  public record Entry(ElementType type, List<Integer> dims, long begin, long end) {
    /** How many numbers it has: maybe more than an array. */
    public long elements() {
      return (end - begin) / type.bytes();
    }
  }

  /**
   * Parses and checks.
   *
   * @param dataBytes bytes of the file after the header
   */
  static SafetensorsHeader parse(String file, byte[] json, long dataBytes)
      throws SafetensorsException {
    HeaderReader reader = new HeaderReader(new HeaderJson(file, json));
    SafetensorsHeader header = new SafetensorsHeader(reader.metadata, reader.entries);
    header.checkCover(file, 8L + json.length, dataBytes);
    return header;
  }

  /**
   * Reads it from a file, against whose size it is checked.
   *
   * @param file names it in messages
   * @param channel the open file, at its beginning
   * @throws SafetensorsException if it is not a sound safetensors file of supported element types
   * @throws IOException if it cannot be read
   */
  public static SafetensorsHeader read(Path file, SeekableByteChannel channel) throws IOException {
    return Safetensors.reader(file, channel).readHeader();
  }

  /** Bytes of all tensors, which are the file's after the header. */
  public long dataBytes() {
    long bytes = 0;
    for (Entry entry : entries.values()) {
      bytes = Math.max(bytes, entry.end());
    }
    return bytes;
  }

  /** Numbers of all tensors. */
  long elements() {
    long elements = 0;
    for (Entry entry : entries.values()) {
      elements += entry.elements();
    }
    return elements;
  }

  private void checkCover(String file, long dataStart, long dataBytes) throws SafetensorsException {
    List<Map.Entry<String, Entry>> sorted = new ArrayList<>(entries.entrySet());
    sorted.sort(new ByPlace());
    long position = 0;
    for (Map.Entry<String, Entry> named : sorted) {
      Entry entry = named.getValue();
      if (entry.begin() != position) {
        throw new SafetensorsException(
            file,
            dataStart + position,
            "expected tensor \""
                + named.getKey()
                + "\" to begin here without gap or overlap, "
                + "its offset says byte "
                + (dataStart + entry.begin()));
      }
      position = entry.end();
    }
    if (position != dataBytes) {
      throw new SafetensorsException(
          file,
          dataStart + Math.min(position, dataBytes),
          "expected " + position + " bytes of tensors after the header, the file has " + dataBytes);
    }
  }

  /**
   * In the order of the file. A class, as the readers below are: the first lambda of a program
   * costs its start more than all the rest of loading.
   */
  static final class ByPlace implements Comparator<Map.Entry<String, Entry>> {
    @Override
    public int compare(Map.Entry<String, Entry> one, Map.Entry<String, Entry> other) {
      int order = Long.compare(one.getValue().begin(), other.getValue().begin());
      return order != 0 ? order : Long.compare(one.getValue().end(), other.getValue().end());
    }
  }

  /** Walks through the JSON of a header. */
  private static final class HeaderReader implements HeaderJson.MemberReader {
    private final HeaderJson json;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    HeaderReader(HeaderJson json) throws SafetensorsException {
      this.json = json;
      json.object(this);
      json.end();
    }

    @Override
    public void read(String key) throws SafetensorsException {
      if (key.equals(METADATA)) {
        json.object(new MetadataReader());
      } else {
        EntryFields fields = new EntryFields();
        json.object(fields);
        entries.put(key, toEntry(key, fields));
      }
    }

    private final class MetadataReader implements HeaderJson.MemberReader {
      @Override
      public void read(String key) throws SafetensorsException {
        metadata.put(key, json.text());
      }
    }

    private Entry toEntry(String name, EntryFields fields) throws SafetensorsException {
      ElementType type = null;
      for (ElementType known : ElementType.values()) {
        type = known.name().equals(fields.type) ? known : type;
      }
      if (type == null) {
        throw json.failure(
            "tensor \""
                + name
                + "\": expected a dtype of "
                + List.of(ElementType.values())
                + ", found \""
                + fields.type
                + "\"");
      }
      if (fields.shape == null || fields.offsets == null || fields.offsets.size() != 2) {
        throw json.failure("tensor \"" + name + "\": expected shape and two data_offsets");
      }
      long begin = fields.offsets.get(0);
      long end = fields.offsets.get(1);
      long bytes = type.bytes();
      List<Integer> dims = new ArrayList<>();
      for (long dim : fields.shape) {
        if (dim > Integer.MAX_VALUE || (dim > 0 && bytes > Long.MAX_VALUE / dim)) {
          throw json.failure("tensor \"" + name + "\" is too large: shape " + fields.shape);
        }
        bytes *= dim;
        dims.add((int) dim);
      }
      if (end < begin || end - begin != bytes) {
        throw json.failure(
            "tensor \""
                + name
                + "\": expected "
                + bytes
                + " bytes for "
                + type
                + fields.shape
                + ", data_offsets are "
                + fields.offsets);
      }
      return new Entry(type, dims, begin, end);
    }

    /** What a tensor's object says, until it is checked. */
    private final class EntryFields implements HeaderJson.MemberReader {
      private String type;
      private List<Long> shape;
      private List<Long> offsets;

      @Override
      public void read(String key) throws SafetensorsException {
        switch (key) {
          case "dtype" -> type = json.text();
          case "shape" -> shape = json.numbers(MAX_DIMS);
          case "data_offsets" -> offsets = json.numbers(2);
          default -> throw json.failure("unexpected key \"" + key + "\" of a tensor");
        }
      }
    }
  }
}
