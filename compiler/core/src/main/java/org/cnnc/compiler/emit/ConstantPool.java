package org.cnnc.compiler.emit;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.LoopFunction;

/**
 * Counts what the class of a plan needs in its constant pool, never too little: names, references
 * to fields and methods, numbers. The class file format counts in 16 bits, so a network can have
 * too many layers for one class, and this is known before anything is emitted.
 */
final class ConstantPool {
  /** Most entries of a class file. */
  static final int LIMIT = 65_535;

  /**
   * What every class needs: names of the runtime and of the JDK, of attributes, types, messages.
   */
  private static final int FIXED = 400;

  /** Reference, name and type, name. */
  private static final int MEMBER = 3;

  private final Set<Object> distinct = new HashSet<>();

  private ConstantPool() {}

  /** Entries of the class that has the methods; its scratch needs fewer. */
  static long entries(ClassPlan plan) {
    ConstantPool pool = new ConstantPool();
    plan.program().functions().forEach(pool::addNumbersAndLocals);
    plan.program().buffers().forEach(pool::addSizes);
    int helpers = 2 * BufferGroups.of(plan.programBuffers()).size();
    int methods = plan.methods().size() * (MEMBER + 1); // with their descriptors
    List<String> texts = ConstantText.pieces(plan.description());
    return FIXED
        + (long) plan.program().buffers().size() * MEMBER
        + methods
        + (long) helpers * MEMBER
        + 2L * texts.size()
        + pool.distinct.size();
  }

  private void addNumbersAndLocals(LoopFunction function) {
    function.parameters().forEach(parameter -> distinct.add(parameter.name()));
    BodyScan scan = BodyScan.of(function.body());
    distinct.addAll(scan.locals());
    distinct.addAll(scan.floats());
    scan.integers().forEach(this::add);
  }

  private void addSizes(Buffer buffer) {
    add(buffer.rows());
    add(buffer.length());
  }

  /** Small numbers are part of the code. Adding a negative one may become subtracting. */
  private void add(int number) {
    if (number >= Short.MAX_VALUE || number <= -Short.MAX_VALUE) {
      distinct.add(number);
      distinct.add(-number);
    }
  }
}
