package org.cnnc.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes safetensors files. Whatever a tensor came from, it is written as F32. */
final class SafetensorsWriter {
  private static final int CHUNK = 1 << 14;

  private SafetensorsWriter() {}

  /** Writes a file piece by piece: it may be larger than an array. */
  static void write(Map<String, String> metadata, Map<String, Tensor> tensors, OutputStream out)
      throws IOException {
    byte[] header = header(metadata, tensors).getBytes(StandardCharsets.UTF_8);
    int padded = padded(header.length);
    ByteBuffer start =
        ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN).putLong(padded);
    start.put(header);
    while (start.hasRemaining()) {
      start.put((byte) ' ');
    }
    out.write(start.array());
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Tensor tensor : tensors.values()) {
      float[] values = tensor.values();
      for (int done = 0; done < values.length; done += CHUNK) {
        int count = Math.min(CHUNK, values.length - done);
        chunk.asFloatBuffer().put(values, done, count);
        out.write(chunk.array(), 0, count * Float.BYTES);
      }
    }
  }

  private static int padded(int header) {
    return Math.multiplyExact(Math.floorDiv(header + Long.BYTES - 1, Long.BYTES), Long.BYTES);
  }

  private static String header(Map<String, String> metadata, Map<String, Tensor> tensors) {
    StringBuilder json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      json.append("\"__metadata__\":{");
      metadata.forEach((key, value) -> append(json, key).append(quote(value)).append(','));
      json.setCharAt(json.length() - 1, '}');
      json.append(',');
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
      Tensor tensor = named.getValue();
      long end = offset + 4L * tensor.values().length;
      String shape = tensor.dims().stream().map(String::valueOf).collect(Collectors.joining(","));
      append(json, named.getKey())
          .append("{\"dtype\":\"F32\",\"shape\":[")
          .append(shape)
          .append("],\"data_offsets\":[")
          .append(offset)
          .append(',')
          .append(end)
          .append("]},");
      offset = end;
    }
    if (json.length() > 1) {
      json.setLength(json.length() - 1);
    }
    return json.append('}').toString();
  }

  private static StringBuilder append(StringBuilder json, String key) {
    return json.append(quote(key)).append(':');
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
