package org.cnnc.compiler.emit;

import org.cnnc.compiler.loop.Argument;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Binary;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Broadcast;
import org.cnnc.compiler.loop.BufferRow;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Copy;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fill;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexBits;
import org.cnnc.compiler.loop.IndexConst;
import org.cnnc.compiler.loop.IndexMinimum;
import org.cnnc.compiler.loop.IndexProduct;
import org.cnnc.compiler.loop.IndexQuotient;
import org.cnnc.compiler.loop.IndexRemainder;
import org.cnnc.compiler.loop.IndexSum;
import org.cnnc.compiler.loop.IndexToFloat;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.IntrinsicCall;
import org.cnnc.compiler.loop.Invoke;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.LetIndex;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.Select;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.Unary;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.compiler.loop.Var;

/**
 * Bytes of bytecode that loops become, never too few: HotSpot does not compile methods above 8,000
 * bytes, so splitting has to know before anything is emitted. Counts the instructions that both
 * javac and the bytecode emitter use, each in its longest form; a test compares with real classes.
 */
public final class CodeSize {
  /** Most slots that instructions reach without the wide prefix. */
  private static final int NARROW_SLOTS = 256;

  private static final int CALL = 3;
  private static final int INTERFACE_CALL = 5;
  private static final int FIELD = 3;
  private static final int JUMP = 3;
  private static final int OPERATION = 1;
  private static final int FLOAT_CONSTANT = 3;

  private final int local;
  private final int increment;
  private final Indices indices = new Indices();
  private final Expressions expressions = new Expressions();
  private final Statements statements = new Statements();

  private CodeSize(int slots) {
    boolean wide = slots > NARROW_SLOTS;
    this.local = wide ? 4 : 2;
    this.increment = wide ? 6 : 3;
  }

  /** The whole method of a function: reading its fields, its body, the return. */
  public static int of(LoopFunction function) {
    BodyScan scan = BodyScan.of(function.body());
    int slots = 2 + function.parameters().size() + scan.buffers().size() + scan.bindings();
    CodeSize size = new CodeSize(slots);
    int readField = size.local + FIELD + size.local;
    return scan.buffers().size() * readField + size.statement(function.body()) + OPERATION;
  }

  /** A part of a method that has few locals, without the reading of fields. */
  public static int of(Stmt stmt) {
    return new CodeSize(BodyScan.of(stmt).bindings()).statement(stmt);
  }

  private int statement(Stmt stmt) {
    return stmt.accept(statements);
  }

  private int expression(Expr expr) {
    return expr.accept(expressions);
  }

  private int array(ArrayRef array) {
    return array.accept(expressions);
  }

  private int index(Index index) {
    return index.accept(indices);
  }

  /** Adding a negative constant may become subtracting a positive one: either must fit. */
  private static int constant(int value) {
    if (value >= -1 && value <= 1) {
      return 1;
    }
    return value >= -Byte.MAX_VALUE && value <= Byte.MAX_VALUE ? 2 : 3;
  }

  /** Sizes of statements. */
  private final class Statements implements Stmt.Visitor<Integer> {
    @Override
    public Integer visitBlock(Block stmt) {
      return stmt.statements().stream().mapToInt(CodeSize.this::statement).sum();
    }

    @Override
    public Integer visitFor(For stmt) {
      int begin = index(stmt.begin()) + local;
      int test = local + index(stmt.end()) + JUMP;
      int lanes = FIELD + INTERFACE_CALL;
      int advance = stmt.kind() == For.Kind.VECTOR ? local + lanes + OPERATION + local : increment;
      return begin + test + statement(stmt.body()) + advance + JUMP;
    }

    @Override
    public Integer visitLet(Let stmt) {
      return expression(stmt.value()) + local;
    }

    @Override
    public Integer visitAssign(Assign stmt) {
      return expression(stmt.value()) + local;
    }

    @Override
    public Integer visitStore(Store stmt) {
      boolean isVector = stmt.value().type() == ValueType.VECTOR;
      return array(stmt.array())
          + index(stmt.index())
          + expression(stmt.value())
          + (isVector ? CALL : OPERATION);
    }

    @Override
    public Integer visitLetArray(LetArray stmt) {
      return array(stmt.array()) + local;
    }

    @Override
    public Integer visitLetIndex(LetIndex stmt) {
      int loadAndConvert = OPERATION + CALL;
      return array(stmt.array()) + index(stmt.place()) + loadAndConvert + local;
    }

    @Override
    public Integer visitCopy(Copy stmt) {
      return array(stmt.source())
          + index(stmt.sourceIndex())
          + array(stmt.target())
          + index(stmt.targetIndex())
          + constant(stmt.length())
          + CALL;
    }

    @Override
    public Integer visitFill(Fill stmt) {
      return array(stmt.array())
          + constant(stmt.begin())
          + constant(stmt.end())
          + expression(stmt.value())
          + CALL;
    }

    @Override
    public Integer visitInvoke(Invoke stmt) {
      int receiverAndScratch = 2 * local;
      return receiverAndScratch + stmt.arguments().stream().mapToInt(this::argument).sum() + CALL;
    }

    private int argument(Argument argument) {
      if (argument instanceof Argument.Array array) {
        return array(array.array());
      }
      if (argument instanceof Argument.Scalar scalar) {
        return expression(scalar.value());
      }
      return index(((Argument.Integer) argument).value());
    }
  }

  /** Sizes of expressions and arrays. */
  private final class Expressions implements Expr.Visitor<Integer>, ArrayRef.Visitor<Integer> {
    @Override
    public Integer visitBufferRow(BufferRow row) {
      return row.buffer().isSingleRow() ? local : local + index(row.row()) + OPERATION;
    }

    @Override
    public Integer visitArrayVar(ArrayVar variable) {
      return local;
    }

    @Override
    public Integer visitConst(Const expr) {
      return FLOAT_CONSTANT;
    }

    @Override
    public Integer visitVar(Var expr) {
      return local;
    }

    @Override
    public Integer visitLoad(Load expr) {
      int place = array(expr.array()) + index(expr.index());
      return expr.type() == ValueType.VECTOR ? FIELD + place + CALL : place + OPERATION;
    }

    @Override
    public Integer visitUnary(Unary expr) {
      int conversions = 2 * OPERATION;
      return expression(expr.operand()) + conversions + CALL;
    }

    @Override
    public Integer visitBinary(Binary expr) {
      boolean isCall = expr.type() == ValueType.VECTOR || MethodNames.ofMath(expr.op()) != null;
      return expression(expr.left()) + expression(expr.right()) + (isCall ? CALL : OPERATION);
    }

    @Override
    public Integer visitFma(Fma expr) {
      return expression(expr.a()) + expression(expr.b()) + expression(expr.c()) + CALL;
    }

    @Override
    public Integer visitSelect(Select expr) {
      int choose = OPERATION + 2 * JUMP;
      int compareAndBlend = FIELD + 2 * CALL;
      return expression(expr.left())
          + expression(expr.right())
          + expression(expr.whenTrue())
          + expression(expr.whenFalse())
          + Math.max(choose, compareAndBlend);
    }

    @Override
    public Integer visitBroadcast(Broadcast expr) {
      return FIELD + expression(expr.scalar()) + CALL;
    }

    @Override
    public Integer visitIntrinsicCall(IntrinsicCall expr) {
      return expression(expr.argument()) + CALL;
    }

    @Override
    public Integer visitIndexToFloat(IndexToFloat expr) {
      return index(expr.index()) + OPERATION;
    }

    @Override
    public Integer visitIndexBits(IndexBits expr) {
      return index(expr.index()) + CALL;
    }
  }

  /** Sizes of index expressions. */
  private final class Indices implements Index.Visitor<Integer> {
    @Override
    public Integer visitConst(IndexConst index) {
      return constant(index.value());
    }

    @Override
    public Integer visitVar(IndexVar index) {
      return local;
    }

    @Override
    public Integer visitSum(IndexSum index) {
      return index(index.left()) + index(index.right()) + OPERATION;
    }

    @Override
    public Integer visitProduct(IndexProduct index) {
      return index(index.index()) + constant(index.factor()) + OPERATION;
    }

    @Override
    public Integer visitQuotient(IndexQuotient index) {
      return index(index.index()) + constant(index.divisor()) + OPERATION;
    }

    @Override
    public Integer visitRemainder(IndexRemainder index) {
      return index(index.index()) + constant(index.divisor()) + OPERATION;
    }

    @Override
    public Integer visitMinimum(IndexMinimum index) {
      return index(index.left()) + index(index.right()) + CALL;
    }
  }
}
