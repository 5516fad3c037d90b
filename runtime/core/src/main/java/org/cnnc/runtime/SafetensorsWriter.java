package org.cnnc.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the bytes of a safetensors file. Whatever a tensor came from, it is written as F32. */
final class SafetensorsWriter {
  private SafetensorsWriter() {}

  static byte[] write(Map<String, String> metadata, Map<String, Tensor> tensors) {
    byte[] header = header(metadata, tensors).getBytes(StandardCharsets.UTF_8);
    int padded = Math.multiplyExact(Math.floorDiv(header.length + 7, 8), 8);
    long data = tensors.values().stream().mapToLong(tensor -> 4L * tensor.values().length).sum();
    ByteBuffer file =
        ByteBuffer.allocate(Math.toIntExact(8 + padded + data)).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(padded).put(header);
    while (file.position() < 8 + padded) {
      file.put((byte) ' ');
    }
    for (Tensor tensor : tensors.values()) {
      file.asFloatBuffer().put(tensor.values());
      file.position(file.position() + 4 * tensor.values().length);
    }
    return file.array();
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
