package org.cnnc.compiler.loop;

/**
 * Runs {@code body} for {@code index} = {@code begin} .. {@code end - 1}. A {@link Kind#VECTOR}
 * loop advances by the lanes of the run; its last round may reach past {@code end} by up to lanes -
 * 1 elements, for which the arrays it touches have room.
 */
public record For(IndexVar index, Index begin, Index end, Kind kind, Stmt body) implements Stmt {
  /** How the loop is run. */
  public enum Kind {
    /** One round after the other. */
    SERIAL,
    /** As serial, replaced by copies of its body before code is emitted; bounds are constant. */
    UNROLLED,
    /** Steps by the number of lanes; the body uses vector nodes. */
    VECTOR
  }

  /** A serial loop from 0. */
  public static For serial(IndexVar index, Index end, Stmt body) {
    return new For(index, Index.of(0), end, Kind.SERIAL, body);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitFor(this);
  }
}
