package org.cnnc.compiler.loop;

import java.util.Objects;

/** Row {@code row} of {@code buffer}. The row of a single-row buffer is the constant 0. */
public record BufferRow(Buffer buffer, Index row) implements ArrayRef {
  public BufferRow {
    Objects.requireNonNull(buffer, "buffer");
    Objects.requireNonNull(row, "row");
  }

  @Override
  public int length() {
    return buffer.length();
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitBufferRow(this);
  }
}
