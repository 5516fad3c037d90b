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
        : registers.reserveNumbers(1);
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
    Closures.FloatValue value = stmt.value().accept(operands);
    int width = width(stmt.value());
    int slot = registers.reserveNumbers(width);
    slots.declare(stmt.name(), slot);
    return setting(slot, width, value);
  }

  @Override
  public Closures.Action visitAssign(Assign stmt) {
    return setting(operands.slot(stmt.name()), width(stmt.value()), stmt.value().accept(operands));
  }

  private int width(Expr value) {
    return value.type() == ValueType.SCALAR ? 1 : lanes;
  }

  private Closures.Action setting(int slot, int width, Closures.FloatValue value) {
    if (width == 1) {
      return () -> registers.numbers[slot] = value.inLane(0);
    }
    return () -> {
      for (int lane = 0; lane < width; lane++) {
        registers.numbers[slot + lane] = value.inLane(lane);
      }
    };
  }

  @Override
  public Closures.Action visitStore(Store stmt) {
    Closures.ArrayValue array = stmt.array().accept(operands);
    Closures.IndexValue index = stmt.index().accept(operands);
    Closures.FloatValue value = stmt.value().accept(operands);
    int width = width(stmt.value());
    int buffered = registers.reserveNumbers(width);
    Closures.Action evaluation = setting(buffered, width, value);
    return () -> {
      Object elements = array.value();
      int first = index.value();
      requireRange(elements, stmt.array(), stmt.index(), first, width);
      evaluation.run();
      for (int lane = 0; lane < width; lane++) {
        arithmetic.store(elements, first + lane, registers.numbers[buffered + lane]);
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
    Closures.FloatValue element =
        new Load(stmt.array(), stmt.place(), ValueType.SCALAR).accept(operands);
    int slot = registers.reserveIndex();
    slots.declare(variable.name(), slot);
    return () -> {
      double kept = element.inLane(0);
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
    Closures.FloatValue value = stmt.value().accept(operands);
    int count = stmt.end() - stmt.begin();
    return () -> {
      Object elements = array.value();
      requireRange(elements, stmt.array(), Index.of(stmt.begin()), stmt.begin(), count);
      double filler = value.inLane(0);
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
    return setting(slot, 1, ((Argument.Scalar) argument).value().accept(operands));
  }
}
