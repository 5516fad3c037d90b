package org.cnnc.compiler.emit.source;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.Arrays;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.cnnc.compiler.emit.ClassPlan;
import org.cnnc.compiler.emit.MethodPlan;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.loop.Argument;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Copy;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Invoke;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.LetIndex;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.Parameter;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;

/** Writes one method: signature, the fields it reads, statements. */
final class MethodPrinter implements Stmt.Visitor<Void> {
  private static final int INDENT = 2;

  private final ClassPlan plan;
  private final ClassName scratchType;
  private final CodeBlock.Builder code = CodeBlock.builder();
  private int column = 2 * INDENT;

  private MethodPrinter(ClassPlan plan, ClassName scratchType) {
    this.plan = plan;
    this.scratchType = scratchType;
  }

  static MethodSpec print(ClassPlan plan, MethodPlan method, ClassName scratchType) {
    return new MethodPrinter(plan, scratchType).method(method);
  }

  private MethodSpec method(MethodPlan method) {
    MethodSpec.Builder builder = MethodSpec.methodBuilder(method.name());
    builder.addModifiers(Modifier.PRIVATE);
    if (!method.usesProgram()) {
      builder.addModifiers(Modifier.STATIC);
    }
    if (!method.function().comment().isEmpty()) {
      builder.addJavadoc("$L", JavadocText.inPrivate(method.function().comment().lines().toList()));
    }
    if (method.usesScratch()) {
      builder.addParameter(scratchType, ClassPlan.SCRATCH_PARAMETER);
    }
    for (Parameter parameter : method.function().parameters()) {
      builder.addParameter(type(parameter), parameter.name());
    }
    method.buffers().forEach(this::readField);
    method.function().body().accept(this);
    return builder.addCode(code.build()).build();
  }

  private static TypeName type(Parameter parameter) {
    if (parameter instanceof Parameter.Array) {
      return JavaTypes.ROW;
    }
    return parameter instanceof Parameter.Scalar ? TypeName.FLOAT : TypeName.INT;
  }

  private void readField(Buffer buffer) {
    String owner = buffer.scope() == Buffer.Scope.WORKER ? ClassPlan.SCRATCH_PARAMETER : "this";
    code.addStatement(
        "final $T $L = $L.$L", JavaTypes.of(buffer), buffer.name(), owner, buffer.name());
  }

  private void statement(JavaText text) {
    code.add("$[").add(text.toCode(column)).add(";\n$]");
  }

  private void beginBraces() {
    code.add("{\n").indent();
    column += INDENT;
  }

  private void endBraces() {
    column -= INDENT;
    code.unindent().add("}\n");
  }

  /** Writes what stands between braces. */
  private void body(Stmt stmt) {
    List<Stmt> statements = stmt instanceof Block block ? block.statements() : List.of(stmt);
    statements.forEach(this::inBlock);
  }

  private void inBlock(Stmt stmt) {
    if (stmt instanceof Block) {
      beginBraces();
      body(stmt);
      endBraces();
    } else {
      stmt.accept(this);
    }
  }

  @Override
  public Void visitBlock(Block stmt) {
    body(stmt);
    return null;
  }

  @Override
  public Void visitFor(For stmt) {
    String index = stmt.index().name();
    JavaText text = new JavaText();
    ExprPrinter printer = new ExprPrinter(text);
    text.add("for ").open().add("int " + index + " = ");
    printer.print(stmt.begin());
    text.add(";").space(0).add(index + " < ");
    printer.print(stmt.end());
    text.add(";").space(0);
    switch (stmt.kind()) {
      case SERIAL -> text.add(index + "++");
      case VECTOR -> text.add(index + " += " + ClassPlan.SPECIES_FIELD + ".length()");
      case UNROLLED -> throw new InternalCompilerError("loop over " + index + " is not unrolled");
    }
    text.close();
    code.add("$[").add(text.toCode(column)).add(" $]");
    beginBraces();
    body(stmt.body());
    endBraces();
    return null;
  }

  @Override
  public Void visitLet(Let stmt) {
    JavaText text = new JavaText();
    if (stmt.value().type() == ValueType.VECTOR) {
      text.add(JavaTypes.FLOAT_VECTOR);
    } else {
      text.add("float");
    }
    text.add(" " + stmt.name() + " = ");
    new ExprPrinter(text).print(stmt.value());
    statement(text);
    return null;
  }

  @Override
  public Void visitAssign(Assign stmt) {
    JavaText text = new JavaText().add(stmt.name());
    assign(text, new Var(stmt.name(), stmt.value().type()), stmt.value());
    return null;
  }

  @Override
  public Void visitStore(Store stmt) {
    JavaText text = new JavaText();
    ExprPrinter printer = new ExprPrinter(text);
    if (stmt.value().type() == ValueType.VECTOR) {
      storeVector(stmt, text, printer);
      return null;
    }
    printer.element(stmt.array(), stmt.index());
    assign(text, new Load(stmt.array(), stmt.index(), ValueType.SCALAR), stmt.value());
    return null;
  }

  private void storeVector(Store stmt, JavaText text, ExprPrinter printer) {
    printer.print(stmt.value());
    text.dot("intoArray").open();
    printer.print(stmt.array());
    text.comma();
    printer.print(stmt.index());
    text.close();
    statement(text);
  }

  /** Writes {@code = value}, or {@code += right} when the value begins with the target. */
  private void assign(JavaText text, Expr target, Expr value) {
    if (value instanceof Binary binary
        && value.type() == ValueType.SCALAR
        && JavaOperators.INFIX.containsKey(binary.op())
        && binary.left().equals(target)) {
      text.add(" " + JavaOperators.INFIX.get(binary.op()).symbol() + "= ");
      new ExprPrinter(text).print(binary.right());
    } else {
      text.add(" = ");
      new ExprPrinter(text).print(value);
    }
    statement(text);
  }

  @Override
  public Void visitLetArray(LetArray stmt) {
    JavaText text = new JavaText().add("final float[] " + stmt.name() + " = ");
    new ExprPrinter(text).print(stmt.array());
    statement(text);
    return null;
  }

  @Override
  public Void visitLetIndex(LetIndex stmt) {
    JavaText text = new JavaText().add("int " + stmt.variable().name() + " = ");
    text.add(JavaTypes.FLOAT).add(".floatToRawIntBits").open();
    new ExprPrinter(text).element(stmt.array(), stmt.place());
    text.close();
    statement(text);
    return null;
  }

  @Override
  public Void visitCopy(Copy stmt) {
    JavaText text = new JavaText().add(ClassName.get(System.class)).add(".arraycopy").open();
    place(text, stmt.source(), stmt.sourceIndex());
    place(text, stmt.target(), stmt.targetIndex());
    text.add(Integer.toString(stmt.length())).close();
    statement(text);
    return null;
  }

  private static void place(JavaText text, ArrayRef array, Index index) {
    ExprPrinter printer = new ExprPrinter(text);
    printer.print(array);
    text.comma();
    printer.print(index);
    text.comma();
  }

  @Override
  public Void visitFill(Fill stmt) {
    JavaText text = new JavaText().add(ClassName.get(Arrays.class)).add(".fill").open();
    ExprPrinter printer = new ExprPrinter(text);
    printer.print(stmt.array());
    text.comma().add(Integer.toString(stmt.begin())).comma();
    text.add(Integer.toString(stmt.end())).comma();
    printer.print(stmt.value());
    text.close();
    statement(text);
    return null;
  }

  @Override
  public Void visitInvoke(Invoke stmt) {
    JavaText text = new JavaText().add(stmt.function()).open();
    ExprPrinter printer = new ExprPrinter(text);
    boolean first = true;
    if (plan.method(stmt.function()).usesScratch()) {
      text.add(ClassPlan.SCRATCH_PARAMETER);
      first = false;
    }
    for (Argument argument : stmt.arguments()) {
      if (!first) {
        text.comma();
      }
      first = false;
      if (argument instanceof Argument.Array array) {
        printer.print(array.array());
      } else if (argument instanceof Argument.Scalar scalar) {
        printer.print(scalar.value());
      } else if (argument instanceof Argument.Integer integer) {
        printer.print(integer.value());
      }
    }
    text.close();
    statement(text);
    return null;
  }
}
