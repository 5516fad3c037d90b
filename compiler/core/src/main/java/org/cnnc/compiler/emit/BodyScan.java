package org.cnnc.compiler.emit;

import java.util.LinkedHashSet;
import java.util.Set;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.BufferRow;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Invoke;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.LoopWalker;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.ValueType;

/** What a body names: buffers, other functions, vectors; and how many locals it binds. */
final class BodyScan extends LoopWalker {
  private final Set<Buffer> buffers = new LinkedHashSet<>();
  private final Set<String> callees = new LinkedHashSet<>();
  private boolean vectors;
  private final Set<String> locals = new LinkedHashSet<>();
  private int bindings;

  private BodyScan() {}

  static BodyScan of(Stmt body) {
    BodyScan scan = new BodyScan();
    body.accept(scan);
    return scan;
  }

  /** Buffers that the body names itself, in the order of first use. */
  Set<Buffer> buffers() {
    return buffers;
  }

  /** Functions that the body invokes, in the order of first use. */
  Set<String> callees() {
    return callees;
  }

  boolean usesVectors() {
    return vectors;
  }

  /** Names that the body binds. */
  Set<String> locals() {
    return locals;
  }

  /** How often the body binds a name. */
  int bindings() {
    return bindings;
  }

  private void bind(String name) {
    locals.add(name);
    bindings++;
  }

  @Override
  public Void visitFor(For stmt) {
    bind(stmt.index().name());
    vectors |= stmt.kind() == For.Kind.VECTOR;
    return super.visitFor(stmt);
  }

  @Override
  public Void visitLet(Let stmt) {
    bind(stmt.name());
    return super.visitLet(stmt);
  }

  @Override
  public Void visitLetArray(LetArray stmt) {
    bind(stmt.name());
    return super.visitLetArray(stmt);
  }

  @Override
  public Void visitInvoke(Invoke stmt) {
    callees.add(stmt.function());
    return super.visitInvoke(stmt);
  }

  @Override
  public Void visitLoad(Load expr) {
    vectors |= expr.type() == ValueType.VECTOR;
    return super.visitLoad(expr);
  }

  @Override
  public Void visitBroadcast(Broadcast expr) {
    vectors = true;
    return super.visitBroadcast(expr);
  }

  @Override
  public Void visitBufferRow(BufferRow row) {
    buffers.add(row.buffer());
    return super.visitBufferRow(row);
  }
}
