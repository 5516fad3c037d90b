package org.cnnc.compiler.memory;

import org.cnnc.compiler.loop.Buffer;

/**
 * The time in which a buffer holds something that is still needed.
 *
 * @param buffer where it is
 * @param tenant what it is: a tensor's name, or an operation's with that of its scratch
 * @param layer the layer that it is there for
 * @param first position of the first operation of the step that needs the place
 * @param last position of the last one
 * @param bytes what it needs itself, without the plan's padding; of all images, when it is kept for
 *     all
 */
public record Stay(Buffer buffer, String tenant, String layer, int first, int last, long bytes) {
  public Stay {
    if (first > last || bytes < 1) {
      throw new IllegalArgumentException(tenant + " from " + first + " to " + last);
    }
  }

  /** Whether it is there while an operation runs. */
  public boolean covers(int operation) {
    return first <= operation && operation <= last;
  }
}
