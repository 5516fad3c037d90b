package org.cnnc.compiler.emit.bytecode;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.emit.ClassPlan;
import org.cnnc.compiler.emit.MethodPlan;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.loop.Argument;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Copy;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Invoke;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.LetIndex;
import org.cnnc.compiler.loop.Parameter;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.InstructionAdapter;

/** Writes one method: the fields it reads, then its statements. */
final class MethodWriter implements Stmt.Visitor<Void> {
  private final ClassPlan plan;
  private final String className;
  private final InstructionAdapter code;
  private final Locals locals;
  private final ExprWriter expressions;

  private MethodWriter(ClassPlan plan, InstructionAdapter code) {
    this.plan = plan;
    this.className = plan.header().internalName();
    this.code = code;
    this.locals = new Locals(code);
    this.expressions = new ExprWriter(code, locals, className);
  }

  static void write(ClassPlan plan, MethodPlan method, ClassVisitor type) {
    int access = Opcodes.ACC_PRIVATE | (method.usesProgram() ? 0 : Opcodes.ACC_STATIC);
    InstructionAdapter code =
        new InstructionAdapter(
            type.visitMethod(access, method.name(), descriptor(plan, method), null, null));
    code.visitCode();
    new MethodWriter(plan, code).body(method);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private static String descriptor(ClassPlan plan, MethodPlan method) {
    List<Type> types = new ArrayList<>();
    if (method.usesScratch()) {
      types.add(scratchType(plan));
    }
    method.function().parameters().forEach(parameter -> types.add(Symbols.of(parameter)));
    return Type.getMethodDescriptor(Type.VOID_TYPE, types.toArray(Type[]::new));
  }

  private static Type scratchType(ClassPlan plan) {
    return Type.getObjectType(plan.header().internalName() + "$" + ClassPlan.SCRATCH_CLASS);
  }

  /** Calls the method of a function; receiver and arguments are on the stack. */
  static void call(ClassPlan plan, MethodPlan method, InstructionAdapter code) {
    String owner = plan.header().internalName();
    if (method.usesProgram()) {
      code.invokevirtual(owner, method.name(), descriptor(plan, method), false);
    } else {
      code.invokestatic(owner, method.name(), descriptor(plan, method), false);
    }
  }

  private void body(MethodPlan method) {
    if (method.function().line() > 0) {
      Label begin = new Label();
      code.mark(begin);
      code.visitLineNumber(method.function().line(), begin);
    }
    locals.beginScope();
    if (method.usesProgram()) {
      locals.bind("this", Type.getObjectType(className));
    }
    if (method.usesScratch()) {
      locals.bind(ClassPlan.SCRATCH_PARAMETER, scratchType(plan));
    }
    for (Parameter parameter : method.function().parameters()) {
      locals.bind(parameter.name(), Symbols.of(parameter));
    }
    method.buffers().forEach(this::readField);
    method.function().body().accept(this);
    code.areturn(Type.VOID_TYPE);
    locals.endScope();
    locals.writeNames();
  }

  private void readField(Buffer buffer) {
    Type owner =
        buffer.scope() == Buffer.Scope.WORKER ? scratchType(plan) : Type.getObjectType(className);
    String holder = buffer.scope() == Buffer.Scope.WORKER ? ClassPlan.SCRATCH_PARAMETER : "this";
    code.load(locals.slot(holder), owner);
    code.getfield(owner.getInternalName(), buffer.name(), Symbols.of(buffer).getDescriptor());
    storeNew(buffer.name(), Symbols.of(buffer));
  }

  /** Pops the value of a new variable. */
  private void storeNew(String name, Type type) {
    code.store(locals.nextSlot(), type);
    locals.bind(name, type);
  }

  @Override
  public Void visitBlock(Block stmt) {
    locals.beginScope();
    stmt.statements().forEach(statement -> statement.accept(this));
    locals.endScope();
    return null;
  }

  @Override
  public Void visitFor(For stmt) {
    Label round = new Label();
    Label end = new Label();
    locals.beginScope();
    expressions.push(stmt.begin());
    storeNew(stmt.index().name(), Type.INT_TYPE);
    int index = locals.slot(stmt.index().name());
    code.mark(round);
    code.load(index, Type.INT_TYPE);
    expressions.push(stmt.end());
    code.ificmpge(end);
    locals.beginScope();
    stmt.body().accept(this);
    locals.endScope();
    advance(stmt, index);
    code.goTo(round);
    code.mark(end);
    locals.endScope();
    return null;
  }

  private void advance(For stmt, int index) {
    switch (stmt.kind()) {
      case SERIAL -> code.iinc(index, 1);
      case VECTOR -> {
        code.load(index, Type.INT_TYPE);
        expressions.pushSpecies();
        code.invokeinterface(Symbols.VECTOR_SPECIES, "length", "()I");
        code.add(Type.INT_TYPE);
        code.store(index, Type.INT_TYPE);
      }
      case UNROLLED ->
          throw new InternalCompilerError("loop over " + stmt.index().name() + " is not unrolled");
    }
  }

  @Override
  public Void visitLet(Let stmt) {
    expressions.push(stmt.value());
    storeNew(stmt.name(), ExprWriter.type(stmt.value().type()));
    return null;
  }

  @Override
  public Void visitAssign(Assign stmt) {
    expressions.push(stmt.value());
    code.store(locals.slot(stmt.name()), ExprWriter.type(stmt.value().type()));
    return null;
  }

  @Override
  public Void visitStore(Store stmt) {
    if (stmt.value().type() == ValueType.VECTOR) {
      expressions.push(stmt.value());
      expressions.push(stmt.array());
      expressions.push(stmt.index());
      code.invokevirtual(Symbols.FLOAT_VECTOR, "intoArray", "([FI)V", false);
    } else {
      expressions.push(stmt.array());
      expressions.push(stmt.index());
      expressions.push(stmt.value());
      code.astore(Type.FLOAT_TYPE);
    }
    return null;
  }

  @Override
  public Void visitLetArray(LetArray stmt) {
    expressions.push(stmt.array());
    storeNew(stmt.name(), Symbols.ROW);
    return null;
  }

  @Override
  public Void visitLetIndex(LetIndex stmt) {
    expressions.push(stmt.array());
    expressions.push(stmt.place());
    code.aload(Type.FLOAT_TYPE);
    code.invokestatic(Symbols.FLOAT_BOX, "floatToRawIntBits", "(F)I", false);
    storeNew(stmt.variable().name(), Type.INT_TYPE);
    return null;
  }

  @Override
  public Void visitCopy(Copy stmt) {
    expressions.push(stmt.source());
    expressions.push(stmt.sourceIndex());
    expressions.push(stmt.target());
    expressions.push(stmt.targetIndex());
    code.iconst(stmt.length());
    code.invokestatic(
        Symbols.SYSTEM, "arraycopy", "(Ljava/lang/Object;ILjava/lang/Object;II)V", false);
    return null;
  }

  @Override
  public Void visitFill(Fill stmt) {
    expressions.push(stmt.array());
    code.iconst(stmt.begin());
    code.iconst(stmt.end());
    expressions.push(stmt.value());
    code.invokestatic(Symbols.ARRAYS, "fill", "([FIIF)V", false);
    return null;
  }

  @Override
  public Void visitInvoke(Invoke stmt) {
    MethodPlan callee = plan.method(stmt.function());
    if (callee.usesProgram()) {
      code.load(locals.slot("this"), Type.getObjectType(className));
    }
    if (callee.usesScratch()) {
      code.load(locals.slot(ClassPlan.SCRATCH_PARAMETER), scratchType(plan));
    }
    for (Argument argument : stmt.arguments()) {
      if (argument instanceof Argument.Array array) {
        expressions.push(array.array());
      } else if (argument instanceof Argument.Scalar scalar) {
        expressions.push(scalar.value());
      } else if (argument instanceof Argument.Integer integer) {
        expressions.push(integer.value());
      }
    }
    call(plan, callee, code);
    return null;
  }
}
