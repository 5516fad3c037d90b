package org.cnnc.compiler.emit;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.SourceVersion;
import org.cnnc.compiler.InternalCompilerError;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Copy;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Invoke;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;

/**
 * Checks that the names of a program work in Java as they stand: legal identifiers, no method that
 * the class has anyway, no local that hides another or a buffer that its method uses. Who makes
 * loops chooses names; emitters do not repair them.
 */
final class NameCheck implements Stmt.Visitor<Void> {
  /** Methods of {@code Program} and of {@code Object}. */
  private static final Set<String> TAKEN_METHODS =
      Set.of(
          "description",
          "rows",
          "newScratch",
          "run",
          "clone",
          "equals",
          "finalize",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "toString",
          "wait");

  private final String place;
  private final Set<String> names = new HashSet<>();

  private NameCheck(String place) {
    this.place = place;
  }

  static void check(LoopProgram program, List<ConstantPlan> constants) {
    NameCheck fields = new NameCheck("the class of " + program.name());
    fields.bind(ClassPlan.SPECIES_FIELD);
    constants.forEach(constant -> fields.bind(constant.name()));
    program.buffers().forEach(buffer -> fields.bind(buffer.name()));
    NameCheck functions = new NameCheck("the functions of " + program.name());
    functions.names.addAll(TAKEN_METHODS);
    program.functions().forEach(function -> functions.bind(function.name()));
  }

  static void check(LoopFunction function, List<Buffer> buffers) {
    NameCheck locals = new NameCheck("function " + function.name());
    locals.bind(ClassPlan.SCRATCH_PARAMETER);
    locals.bind(ClassPlan.SPECIES_FIELD);
    buffers.forEach(buffer -> locals.bind(buffer.name()));
    function.parameters().forEach(parameter -> locals.bind(parameter.name()));
    function.body().accept(locals);
  }

  private void bind(String name) {
    if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
      throw new InternalCompilerError("`" + name + "` in " + place + " is no Java name");
    }
    if (!names.add(name)) {
      throw new InternalCompilerError("`" + name + "` has two meanings in " + place);
    }
  }

  @Override
  public Void visitBlock(Block stmt) {
    Set<String> before = Set.copyOf(names);
    stmt.statements().forEach(statement -> statement.accept(this));
    names.retainAll(before);
    return null;
  }

  @Override
  public Void visitFor(For stmt) {
    Set<String> before = Set.copyOf(names);
    bind(stmt.index().name());
    stmt.body().accept(this);
    names.retainAll(before);
    return null;
  }

  @Override
  public Void visitLet(Let stmt) {
    bind(stmt.name());
    return null;
  }

  @Override
  public Void visitLetArray(LetArray stmt) {
    bind(stmt.name());
    return null;
  }

  @Override
  public Void visitAssign(Assign stmt) {
    return null;
  }

  @Override
  public Void visitStore(Store stmt) {
    return null;
  }

  @Override
  public Void visitCopy(Copy stmt) {
    return null;
  }

  @Override
  public Void visitFill(Fill stmt) {
    return null;
  }

  @Override
  public Void visitInvoke(Invoke stmt) {
    return null;
  }
}
