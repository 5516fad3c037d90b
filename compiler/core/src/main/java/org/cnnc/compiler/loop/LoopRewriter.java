package org.cnnc.compiler.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Rebuilds statements, expressions, indices and arrays from the leaves up. What did not change
 * keeps its identity, so a pass that finds nothing to do returns its argument. Subclasses override
 * the nodes they change, calling the method of this class first where the inner nodes matter.
 */
@SuppressWarnings("ReferenceEquality") // "unchanged" means the same instance
public abstract class LoopRewriter
    implements Stmt.Visitor<Stmt>,
        Expr.Visitor<Expr>,
        Index.Visitor<Index>,
        ArrayRef.Visitor<ArrayRef> {

  /** The function with its body rewritten. */
  public LoopFunction rewrite(LoopFunction function) {
    return function.withBody(rewriteBlock(function.body()));
  }

  public final Stmt rewrite(Stmt stmt) {
    return stmt.accept(this);
  }

  public final Expr rewrite(Expr expr) {
    return expr.accept(this);
  }

  public final Index rewrite(Index index) {
    return index.accept(this);
  }

  public final ArrayRef rewrite(ArrayRef array) {
    return array.accept(this);
  }

  /** The list itself if no element changed. */
  public static <T> List<T> rewriteAll(List<T> list, UnaryOperator<T> rewrite) {
    boolean changed = false;
    List<T> result = new ArrayList<>(list.size());
    for (T element : list) {
      T rewritten = rewrite.apply(element);
      changed |= rewritten != element;
      result.add(rewritten);
    }
    return changed ? result : list;
  }

  /** A block, whatever the rewriting of a block gave. */
  protected final Block rewriteBlock(Block block) {
    Stmt rewritten = rewrite(block);
    return rewritten instanceof Block result ? result : Block.of(rewritten);
  }

  @Override
  public Stmt visitBlock(Block stmt) {
    List<Stmt> statements = rewriteAll(stmt.statements(), this::rewrite);
    return statements == stmt.statements() ? stmt : new Block(statements);
  }

  @Override
  public Stmt visitFor(For stmt) {
    Index begin = rewrite(stmt.begin());
    Index end = rewrite(stmt.end());
    Stmt body = rewrite(stmt.body());
    boolean same = begin == stmt.begin() && end == stmt.end() && body == stmt.body();
    return same ? stmt : new For(stmt.index(), begin, end, stmt.kind(), body);
  }

  @Override
  public Stmt visitLet(Let stmt) {
    Expr value = rewrite(stmt.value());
    return value == stmt.value() ? stmt : new Let(stmt.name(), value);
  }

  @Override
  public Stmt visitAssign(Assign stmt) {
    Expr value = rewrite(stmt.value());
    return value == stmt.value() ? stmt : new Assign(stmt.name(), value);
  }

  @Override
  public Stmt visitStore(Store stmt) {
    ArrayRef array = rewrite(stmt.array());
    Index index = rewrite(stmt.index());
    Expr value = rewrite(stmt.value());
    boolean same = array == stmt.array() && index == stmt.index() && value == stmt.value();
    return same ? stmt : new Store(array, index, value);
  }

  @Override
  public Stmt visitLetArray(LetArray stmt) {
    ArrayRef array = rewrite(stmt.array());
    return array == stmt.array() ? stmt : new LetArray(stmt.name(), array);
  }

  @Override
  public Stmt visitLetIndex(LetIndex stmt) {
    ArrayRef array = rewrite(stmt.array());
    Index place = rewrite(stmt.place());
    boolean same = array == stmt.array() && place == stmt.place();
    return same ? stmt : new LetIndex(stmt.variable(), array, place);
  }

  @Override
  public Stmt visitCopy(Copy stmt) {
    ArrayRef source = rewrite(stmt.source());
    Index sourceIndex = rewrite(stmt.sourceIndex());
    ArrayRef target = rewrite(stmt.target());
    Index targetIndex = rewrite(stmt.targetIndex());
    boolean same =
        source == stmt.source()
            && sourceIndex == stmt.sourceIndex()
            && target == stmt.target()
            && targetIndex == stmt.targetIndex();
    return same ? stmt : new Copy(source, sourceIndex, target, targetIndex, stmt.length());
  }

  @Override
  public Stmt visitFill(Fill stmt) {
    ArrayRef array = rewrite(stmt.array());
    Expr value = rewrite(stmt.value());
    boolean same = array == stmt.array() && value == stmt.value();
    return same ? stmt : new Fill(array, stmt.begin(), stmt.end(), value);
  }

  @Override
  public Stmt visitInvoke(Invoke stmt) {
    List<Argument> arguments = rewriteAll(stmt.arguments(), this::rewriteArgument);
    return arguments == stmt.arguments() ? stmt : new Invoke(stmt.function(), arguments);
  }

  private Argument rewriteArgument(Argument argument) {
    if (argument instanceof Argument.Array array) {
      ArrayRef rewritten = rewrite(array.array());
      return rewritten == array.array() ? array : new Argument.Array(rewritten);
    }
    if (argument instanceof Argument.Integer integer) {
      Index rewritten = rewrite(integer.value());
      return rewritten == integer.value() ? integer : new Argument.Integer(rewritten);
    }
    Argument.Scalar scalar = (Argument.Scalar) argument;
    Expr rewritten = rewrite(scalar.value());
    return rewritten == scalar.value() ? scalar : new Argument.Scalar(rewritten);
  }

  @Override
  public Expr visitConst(Const expr) {
    return expr;
  }

  @Override
  public Expr visitVar(Var expr) {
    return expr;
  }

  @Override
  public Expr visitLoad(Load expr) {
    ArrayRef array = rewrite(expr.array());
    Index index = rewrite(expr.index());
    boolean same = array == expr.array() && index == expr.index();
    return same ? expr : new Load(array, index, expr.type());
  }

  @Override
  public Expr visitUnary(Unary expr) {
    Expr operand = rewrite(expr.operand());
    return operand == expr.operand() ? expr : new Unary(expr.op(), operand);
  }

  @Override
  public Expr visitBinary(Binary expr) {
    Expr left = rewrite(expr.left());
    Expr right = rewrite(expr.right());
    boolean same = left == expr.left() && right == expr.right();
    return same ? expr : new Binary(expr.op(), left, right);
  }

  @Override
  public Expr visitFma(Fma expr) {
    Expr a = rewrite(expr.a());
    Expr b = rewrite(expr.b());
    Expr c = rewrite(expr.c());
    return a == expr.a() && b == expr.b() && c == expr.c() ? expr : new Fma(a, b, c);
  }

  @Override
  public Expr visitSelect(Select expr) {
    Expr left = rewrite(expr.left());
    Expr right = rewrite(expr.right());
    Expr whenTrue = rewrite(expr.whenTrue());
    Expr whenFalse = rewrite(expr.whenFalse());
    boolean same =
        left == expr.left()
            && right == expr.right()
            && whenTrue == expr.whenTrue()
            && whenFalse == expr.whenFalse();
    return same ? expr : new Select(expr.comparison(), left, right, whenTrue, whenFalse);
  }

  @Override
  public Expr visitBroadcast(Broadcast expr) {
    Expr scalar = rewrite(expr.scalar());
    return scalar == expr.scalar() ? expr : new Broadcast(scalar);
  }

  @Override
  public Expr visitIntrinsicCall(IntrinsicCall expr) {
    Expr argument = rewrite(expr.argument());
    return argument == expr.argument() ? expr : new IntrinsicCall(expr.function(), argument);
  }

  @Override
  public Expr visitIndexToFloat(IndexToFloat expr) {
    Index index = rewrite(expr.index());
    return index == expr.index() ? expr : new IndexToFloat(index);
  }

  @Override
  public Expr visitIndexBits(IndexBits expr) {
    Index index = rewrite(expr.index());
    return index == expr.index() ? expr : new IndexBits(index);
  }

  @Override
  public Index visitConst(IndexConst index) {
    return index;
  }

  @Override
  public Index visitVar(IndexVar index) {
    return index;
  }

  @Override
  public Index visitSum(IndexSum index) {
    Index left = rewrite(index.left());
    Index right = rewrite(index.right());
    return left == index.left() && right == index.right() ? index : left.plus(right);
  }

  @Override
  public Index visitProduct(IndexProduct index) {
    Index inner = rewrite(index.index());
    return inner == index.index() ? index : inner.times(index.factor());
  }

  @Override
  public Index visitQuotient(IndexQuotient index) {
    Index inner = rewrite(index.index());
    return inner == index.index() ? index : inner.dividedBy(index.divisor());
  }

  @Override
  public Index visitRemainder(IndexRemainder index) {
    Index inner = rewrite(index.index());
    return inner == index.index() ? index : inner.remainder(index.divisor());
  }

  @Override
  public Index visitMinimum(IndexMinimum index) {
    Index left = rewrite(index.left());
    Index right = rewrite(index.right());
    return left == index.left() && right == index.right() ? index : left.minimum(right);
  }

  @Override
  public ArrayRef visitBufferRow(BufferRow array) {
    Index row = rewrite(array.row());
    return row == array.row() ? array : new BufferRow(array.buffer(), row);
  }

  @Override
  public ArrayRef visitArrayVar(ArrayVar variable) {
    return variable;
  }
}
