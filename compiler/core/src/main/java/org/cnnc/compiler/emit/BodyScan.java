package org.cnnc.compiler.emit;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.BufferRow;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Copy;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.IndexConst;
import org.cnnc.compiler.loop.IndexProduct;
import org.cnnc.compiler.loop.IndexQuotient;
import org.cnnc.compiler.loop.IndexRemainder;
import org.cnnc.compiler.loop.Invoke;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.LetIndex;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.LoopWalker;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.ValueType;

/** What a body names: buffers, other functions, vectors, numbers; and the locals it binds. */
final class BodyScan extends LoopWalker {
  private final Set<Buffer> buffers = new LinkedHashSet<>();
  private final Set<String> callees = new LinkedHashSet<>();
  private boolean vectors;
  private final Set<String> locals = new LinkedHashSet<>();
  private int bindings;
  private final Set<Float> floats = new HashSet<>();
  private final Set<Integer> integers = new HashSet<>();

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

  /** Constants of its arithmetic. */
  Set<Float> floats() {
    return floats;
  }

  /** Constants of its indices, bounds and lengths. */
  Set<Integer> integers() {
    return integers;
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
  public Void visitLetIndex(LetIndex stmt) {
    bind(stmt.variable().name());
    return super.visitLetIndex(stmt);
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

  @Override
  public Void visitConst(Const expr) {
    floats.add(expr.value());
    return super.visitConst(expr);
  }

  @Override
  public Void visitConst(IndexConst index) {
    integers.add(index.value());
    return super.visitConst(index);
  }

  @Override
  public Void visitProduct(IndexProduct index) {
    integers.add(index.factor());
    return super.visitProduct(index);
  }

  @Override
  public Void visitQuotient(IndexQuotient index) {
    integers.add(index.divisor());
    return super.visitQuotient(index);
  }

  @Override
  public Void visitRemainder(IndexRemainder index) {
    integers.add(index.divisor());
    return super.visitRemainder(index);
  }

  @Override
  public Void visitCopy(Copy stmt) {
    integers.add(stmt.length());
    return super.visitCopy(stmt);
  }

  @Override
  public Void visitFill(Fill stmt) {
    integers.add(stmt.begin());
    integers.add(stmt.end());
    return super.visitFill(stmt);
  }
}
