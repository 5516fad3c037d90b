package org.cnnc.compiler.memory;

import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.loop.Buffer;

/**
 * Where a value (or its gradient, or a tensor of targets) is stored. An image [C, H, W] takes C
 * rows, one a channel, element (y, x) at {@code y * pitch + x}; a vector [N] takes one row.
 *
 * @param buffer the buffer, alone or shared with values that live at other times
 * @param shape shape of one image's value
 * @param pitch floats from one row of the image to the next; N for a vector
 * @param images which images have rows of their own
 */
public record Plane(Buffer buffer, TensorShape shape, int pitch, Images images) {
  /** The images whose values are there at the same time. */
  public enum Images {
    /** The image at hand. */
    ONE,
    /** Those of a group, the image at place i from row {@code i * rowsPerImage} on. */
    GROUP,
    /** Those of the batch, image i from row {@code i * rowsPerImage} on. */
    ALL
  }

  /** Whether each image of the batch has rows of its own. */
  public boolean everyImage() {
    return images == Images.ALL;
  }

  /** Rows of the buffer that one image takes. */
  public int rowsPerImage() {
    return rowsPerImage(shape);
  }

  /** Rows that one image of a shape takes. */
  static int rowsPerImage(TensorShape shape) {
    return shape.isVector() ? 1 : shape.channels();
  }

  /** Floats of a row that are in use. */
  public int rowLength() {
    return shape.height() * pitch;
  }
}
