package org.cnnc.compiler.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.internal.InternalCompilerError;

/** Turns the statements of one function into closures. */
final class StatementClosures implements Stmt.Visitor<Closures.Action> {
  private final String function;
  private final Arithmetic arithmetic;
  private final int lanes;
  private final Registers registers;
  private final Map<String, Closures.Routine> functions;
  private final Scope<Integer> slots;
  private final OperandClosures operands;
  private final VectorClosures vectors;

  private StatementClosures(
      String function,
      Arithmetic arithmetic,
      int lanes,
      Registers registers,
      Map<String, Object[]> storage,
      Map<String, Closures.Routine> functions) {
    this.function = function;
    this.arithmetic = arithmetic;
    this.lanes = lanes;
    this.registers = registers;
    this.functions = functions;
    this.slots = new Scope<>();
    this.operands = new OperandClosures(function, arithmetic, registers, storage, slots);
    this.vectors = new VectorClosures(operands, arithmetic, registers, lanes);
  }

  /**
   * The closure of a function.
   *
   * @param storage rows of the buffers, by name
   * @param functions those that it may call, by name
   */
  static Closures.Routine of(
      LoopFunction function,
      Arithmetic arithmetic,
      int lanes,
      Registers registers,
      Map<String, Object[]> storage,
      Map<String, Closures.Routine> functions) {
    StatementClosures closures =
        new StatementClosures(function.name(), arithmetic, lanes, registers, storage, functions);
    int[] parameterSlots = new int[function.parameters().size()];
    for (int i = 0; i < parameterSlots.length; i++) {
      Parameter parameter = function.parameters().get(i);
      parameterSlots[i] = closures.reserve(parameter);
      closures.slots.declare(parameter.name(), parameterSlots[i]);
    }
    return new Closures.Routine(parameterSlots, function.body().accept(closures));
  }

  private int reserve(Parameter parameter) {
    if (parameter instanceof Parameter.Array) {
      return registers.reserveArray();
    }
    return parameter instanceof Parameter.Integer
        ? registers.reserveIndex()
        : registers.reserveNumber();
  }

  @Override
  public Closures.Action visitBlock(Block stmt) {
    slots.open();
    List<Closures.Action> list = new ArrayList<>();
    stmt.statements().forEach(inner -> list.add(inner.accept(this)));
    slots.close();
    if (list.size() == 1) {
      return list.get(0);
    }
    Closures.Action[] actions = list.toArray(new Closures.Action[0]);
    return () -> {
      for (Closures.Action action : actions) {
        action.run();
      }
    };
  }

  @Override
  public Closures.Action visitFor(For stmt) {
    Closures.IndexValue begin = stmt.begin().accept(operands);
    Closures.IndexValue end = stmt.end().accept(operands);
    int slot = registers.reserveIndex();
    slots.open();
    slots.declare(stmt.index().name(), slot);
    Closures.Action body = stmt.body().accept(this);
    slots.close();
    int step = stmt.kind() == For.Kind.VECTOR ? lanes : 1;
    return () -> {
      int first = begin.value();
      int limit = end.value();
      checkRange(stmt, first, limit);
      for (int i = first; i < limit; i += step) {
        registers.indices[slot] = i;
        body.run();
      }
    };
  }

  private void checkRange(For stmt, int first, int limit) {
    if (first < limit && (first < stmt.index().min() || limit - 1 > stmt.index().max())) {
      throw new InternalCompilerError(
          "function "
              + function
              + ", at `"
              + LoopPrinter.firstLine(stmt)
              + "`: runs over "
              + OperandVerifier.range(first, limit - 1L));
    }
  }

  @Override
  public Closures.Action visitLet(Let stmt) {
    Closures.Action action;
    if (stmt.value().type() == ValueType.SCALAR) {
      int slot = registers.reserveNumber();
      action = setting(slot, stmt.value().accept(operands));
      slots.declare(stmt.name(), slot);
    } else {
      int slot = registers.reserveVector(lanes);
      action = setting(registers.vector(slot), stmt.value().accept(vectors));
      slots.declare(stmt.name(), slot);
    }
    return action;
  }

  @Override
  public Closures.Action visitAssign(Assign stmt) {
    int slot = operands.slot(stmt.name());
    return stmt.value().type() == ValueType.SCALAR
        ? setting(slot, stmt.value().accept(operands))
        : setting(registers.vector(slot), stmt.value().accept(vectors));
  }

  private Closures.Action setting(int slot, Closures.ScalarValue value) {
    return () -> registers.numbers[slot] = value.value();
  }

  private Closures.Action setting(double[] variable, Closures.VectorValue value) {
    return () -> System.arraycopy(value.lanes(), 0, variable, 0, lanes);
  }

  @Override
  public Closures.Action visitStore(Store stmt) {
    return stmt.value().type() == ValueType.SCALAR ? storingScalar(stmt) : storingVector(stmt);
  }

  private Closures.Action storingScalar(Store stmt) {
    Closures.ArrayValue array = stmt.array().accept(operands);
    Closures.IndexValue index = stmt.index().accept(operands);
    Closures.ScalarValue value = stmt.value().accept(operands);
    return () -> {
      Object elements = array.value();
      int element = index.value();
      requireRange(elements, stmt.array(), stmt.index(), element, 1);
      arithmetic.store(elements, element, value.value());
    };
  }

  private Closures.Action storingVector(Store stmt) {
    Closures.ArrayValue array = stmt.array().accept(operands);
    Closures.IndexValue index = stmt.index().accept(operands);
    Closures.VectorValue value = stmt.value().accept(vectors);
    return () -> {
      Object elements = array.value();
      int first = index.value();
      requireRange(elements, stmt.array(), stmt.index(), first, lanes);
      double[] stored = value.lanes();
      for (int lane = 0; lane < lanes; lane++) {
        arithmetic.store(elements, first + lane, stored[lane]);
      }
    };
  }

  private void requireRange(Object elements, ArrayRef array, Index index, int first, int count) {
    int length = arithmetic.length(elements);
    if (first < 0 || first + (long) count > length) {
      throw operands.outOfBounds(array, index, first < 0 ? first : first + count - 1L, length);
    }
  }

  @Override
  public Closures.Action visitLetIndex(LetIndex stmt) {
    IndexVar variable = stmt.variable();
    Closures.ScalarValue element =
        new Load(stmt.array(), stmt.place(), ValueType.SCALAR).accept(operands);
    int slot = registers.reserveIndex();
    slots.declare(variable.name(), slot);
    return () -> {
      double kept = element.value();
      int value = Float.floatToRawIntBits((float) kept);
      if (value < variable.min() || value > variable.max() || (float) kept != kept) {
        throw new InternalCompilerError(
            "function "
                + function
                + ", at `"
                + LoopPrinter.firstLine(stmt).strip()
                + "`: reads "
                + value);
      }
      registers.indices[slot] = value;
    };
  }

  @Override
  public Closures.Action visitLetArray(LetArray stmt) {
    Closures.ArrayValue array = stmt.array().accept(operands);
    int slot = registers.reserveArray();
    slots.declare(stmt.name(), slot);
    return () -> registers.arrays[slot] = array.value();
  }

  @Override
  public Closures.Action visitCopy(Copy stmt) {
    Closures.ArrayValue source = stmt.source().accept(operands);
    Closures.IndexValue sourceIndex = stmt.sourceIndex().accept(operands);
    Closures.ArrayValue target = stmt.target().accept(operands);
    Closures.IndexValue targetIndex = stmt.targetIndex().accept(operands);
    int count = stmt.length();
    return () -> {
      Object from = source.value();
      int fromIndex = sourceIndex.value();
      requireRange(from, stmt.source(), stmt.sourceIndex(), fromIndex, count);
      Object to = target.value();
      int toIndex = targetIndex.value();
      requireRange(to, stmt.target(), stmt.targetIndex(), toIndex, count);
      System.arraycopy(from, fromIndex, to, toIndex, count);
    };
  }

  @Override
  public Closures.Action visitFill(Fill stmt) {
    Closures.ArrayValue array = stmt.array().accept(operands);
    Closures.ScalarValue value = stmt.value().accept(operands);
    int count = stmt.end() - stmt.begin();
    return () -> {
      Object elements = array.value();
      requireRange(elements, stmt.array(), Index.of(stmt.begin()), stmt.begin(), count);
      double filler = value.value();
      for (int i = stmt.begin(); i < stmt.end(); i++) {
        arithmetic.store(elements, i, filler);
      }
    };
  }

  @Override
  public Closures.Action visitInvoke(Invoke stmt) {
    Closures.Routine callee = functions.get(stmt.function());
    if (callee == null || callee.slots().length != stmt.arguments().size()) {
      throw new InternalCompilerError(
          "function " + function + ": cannot `" + LoopPrinter.firstLine(stmt) + "`");
    }
    Closures.Action[] passing = new Closures.Action[callee.slots().length];
    for (int i = 0; i < passing.length; i++) {
      passing[i] = passing(stmt.arguments().get(i), callee.slots()[i]);
    }
    Closures.Action body = callee.body();
    return () -> {
      for (Closures.Action argument : passing) {
        argument.run();
      }
      body.run();
    };
  }

  private Closures.Action passing(Argument argument, int slot) {
    if (argument instanceof Argument.Array array) {
      Closures.ArrayValue value = array.array().accept(operands);
      return () -> registers.arrays[slot] = value.value();
    }
    if (argument instanceof Argument.Integer integer) {
      Closures.IndexValue value = integer.value().accept(operands);
      return () -> registers.indices[slot] = value.value();
    }
    return setting(slot, ((Argument.Scalar) argument).value().accept(operands));
  }
}
