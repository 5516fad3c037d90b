package org.cnnc.compiler.emit.bytecode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** The local variables of a method: their slots, reused after their scope, and their names. */
final class Locals {
  private final MethodVisitor code;
  private final Map<String, Local> inScope = new HashMap<>();
  private final Deque<List<Local>> scopes = new ArrayDeque<>();
  private final List<Range> ranges = new ArrayList<>();
  private int nextSlot;

  /** A variable in scope. */
  private record Local(String name, Type type, int slot, Label begin) {}

  /** A variable whose scope has ended. */
  private record Range(Local local, Label end) {}

  Locals(MethodVisitor code) {
    this.code = code;
  }

  void beginScope() {
    scopes.push(new ArrayList<>());
  }

  /** Ends the scope at the place that the code has come to. */
  void endScope() {
    Label end = here();
    List<Local> ended = scopes.pop();
    for (Local local : ended) {
      inScope.remove(local.name);
      ranges.add(new Range(local, end));
    }
    if (!ended.isEmpty()) {
      nextSlot = ended.get(0).slot;
    }
  }

  /** A variable that has its value from here on; its slot. */
  int bind(String name, Type type) {
    Local local = new Local(name, type, nextSlot, here());
    nextSlot += type.getSize();
    inScope.put(name, local);
    scopes.element().add(local);
    return local.slot;
  }

  /** The slot that the next variable gets: to store the value before its name begins. */
  int nextSlot() {
    return nextSlot;
  }

  int slot(String name) {
    Local local = inScope.get(name);
    if (local == null) {
      throw new InternalCompilerError("no variable " + name + " in scope");
    }
    return local.slot;
  }

  /** Writes the names, after the code. */
  void writeNames() {
    for (Range range : ranges) {
      Local local = range.local;
      code.visitLocalVariable(
          local.name, local.type.getDescriptor(), null, local.begin, range.end, local.slot);
    }
  }

  private Label here() {
    Label label = new Label();
    code.visitLabel(label);
    return label;
  }
}
