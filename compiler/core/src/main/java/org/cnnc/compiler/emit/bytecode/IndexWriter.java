package org.cnnc.compiler.emit.bytecode;

import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexConst;
import org.cnnc.compiler.loop.IndexMinimum;
import org.cnnc.compiler.loop.IndexProduct;
import org.cnnc.compiler.loop.IndexQuotient;
import org.cnnc.compiler.loop.IndexRemainder;
import org.cnnc.compiler.loop.IndexSum;
import org.cnnc.compiler.loop.IndexVar;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.InstructionAdapter;

/** Pushes index expressions: ints. */
final class IndexWriter implements Index.Visitor<Void> {
  private final InstructionAdapter code;
  private final Locals locals;

  IndexWriter(InstructionAdapter code, Locals locals) {
    this.code = code;
    this.locals = locals;
  }

  void push(Index index) {
    index.accept(this);
  }

  @Override
  public Void visitConst(IndexConst index) {
    code.iconst(index.value());
    return null;
  }

  @Override
  public Void visitVar(IndexVar index) {
    code.load(locals.slot(index.name()), Type.INT_TYPE);
    return null;
  }

  @Override
  public Void visitSum(IndexSum index) {
    push(index.left());
    if (index.right() instanceof IndexConst offset
        && offset.value() < 0
        && offset.value() > Integer.MIN_VALUE) {
      code.iconst(-offset.value());
      code.sub(Type.INT_TYPE);
    } else {
      push(index.right());
      code.add(Type.INT_TYPE);
    }
    return null;
  }

  @Override
  public Void visitProduct(IndexProduct index) {
    return withConstant(index.index(), index.factor(), Opcodes.IMUL);
  }

  @Override
  public Void visitQuotient(IndexQuotient index) {
    return withConstant(index.index(), index.divisor(), Opcodes.IDIV);
  }

  @Override
  public Void visitRemainder(IndexRemainder index) {
    return withConstant(index.index(), index.divisor(), Opcodes.IREM);
  }

  private Void withConstant(Index left, int right, int opcode) {
    push(left);
    code.iconst(right);
    code.visitInsn(opcode);
    return null;
  }

  @Override
  public Void visitMinimum(IndexMinimum index) {
    push(index.left());
    push(index.right());
    code.invokestatic(Symbols.MATH, "min", "(II)I", false);
    return null;
  }
}
