package org.cnnc.compiler.transform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cnnc.compiler.loop.Argument;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.LoopWalker;
import org.cnnc.compiler.loop.Parameter;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;

/**
 * The names that a run of statements takes from around it, in the order of first use. Names never
 * shadow each other, so a name that the run binds anywhere is nowhere taken from outside.
 */
final class CapturedNames extends LoopWalker {
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Argument> arguments = new LinkedHashMap<>();
  private final Set<String> assigned = new LinkedHashSet<>();
  private final Set<String> vectors = new LinkedHashSet<>();

  private CapturedNames() {}

  static CapturedNames of(List<Stmt> run) {
    CapturedNames captured = new CapturedNames();
    run.forEach(stmt -> stmt.accept(captured));
    for (Stmt stmt : run) {
      Set<String> bound = NamesOf.declaredIn(stmt);
      captured.parameters.keySet().removeAll(bound);
      captured.arguments.keySet().removeAll(bound);
      captured.assigned.removeAll(bound);
      captured.vectors.removeAll(bound);
    }
    return captured;
  }

  /** Whether the run only reads what it captures, and captures nothing but what can be passed. */
  boolean canBePassed() {
    return assigned.isEmpty() && vectors.isEmpty();
  }

  List<Parameter> parameters() {
    return new ArrayList<>(parameters.values());
  }

  /** The captured names themselves. */
  List<Argument> arguments() {
    return new ArrayList<>(arguments.values());
  }

  Set<String> names() {
    Set<String> names = new LinkedHashSet<>(parameters.keySet());
    names.addAll(assigned);
    return names;
  }

  private void capture(Parameter parameter, Argument argument) {
    parameters.putIfAbsent(parameter.name(), parameter);
    arguments.putIfAbsent(parameter.name(), argument);
  }

  @Override
  public Void visitAssign(Assign stmt) {
    assigned.add(stmt.name());
    return super.visitAssign(stmt);
  }

  @Override
  public Void visitVar(Var expr) {
    if (expr.type() == ValueType.VECTOR) {
      vectors.add(expr.name());
    }
    capture(new Parameter.Scalar(expr.name()), new Argument.Scalar(expr));
    return null;
  }

  @Override
  public Void visitVar(IndexVar index) {
    capture(new Parameter.Integer(index), new Argument.Integer(index));
    return null;
  }

  @Override
  public Void visitArrayVar(ArrayVar array) {
    capture(new Parameter.Array(array.name(), array.length()), new Argument.Array(array));
    return null;
  }
}
