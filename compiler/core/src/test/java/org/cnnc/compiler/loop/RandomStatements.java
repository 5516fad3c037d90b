package org.cnnc.compiler.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Random legal statements of one function; see {@link RandomLoopPrograms}. */
final class RandomStatements {
  private static final int MAX_DEPTH = 3;

  private final Random random;
  private final List<Buffer> buffers;
  private final List<LoopFunction> callable;
  private final RandomNames names = new RandomNames();
  private final RandomExpressions expressions;
  private int budget;
  private int depth;

  RandomStatements(
      Random random,
      List<Buffer> buffers,
      List<LoopFunction> callable,
      List<Parameter> parameters) {
    this.random = random;
    this.buffers = buffers;
    this.callable = callable;
    this.expressions = new RandomExpressions(random, buffers, names);
    parameters.forEach(names::declare);
  }

  Block block(int statements) {
    budget = statements;
    return block();
  }

  private Block block() {
    RandomNames.Mark mark = names.mark();
    List<Stmt> statements = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; (i < count || depth == 0) && budget > 0; i++) {
      budget--;
      statement().ifPresent(statements::add);
    }
    names.restore(mark);
    return new Block(statements);
  }

  private Optional<Stmt> statement() {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> depth < MAX_DEPTH ? Optional.of(loop()) : Optional.of(store());
      case 3 -> depth < MAX_DEPTH ? Optional.of(vectorLoop()) : Optional.of(store());
      case 4 -> Optional.of(let());
      case 5 -> assign();
      case 6 -> Optional.of(letArray());
      case 7 -> Optional.of(copy());
      case 8 -> Optional.of(fill());
      case 9 -> invoke();
      case 10 -> depth < MAX_DEPTH ? Optional.of(inner(this::block)) : Optional.of(store());
      default -> Optional.of(store());
    };
  }

  private <T> T inner(Supplier<T> body) {
    depth++;
    T result = body.get();
    depth--;
    return result;
  }

  private Stmt loop() {
    boolean unrolled = random.nextInt(3) == 0;
    int first = random.nextInt(3);
    Index begin = Index.of(first);
    Index end = Index.of(first + 1 + random.nextInt(4));
    if (!unrolled && random.nextBoolean()) {
      end = expressions.fitted(expressions.index(2), 0, 6);
    }
    int last = Math.max(first, end.max() - 1) + (random.nextInt(4) == 0 ? 1 : 0);
    IndexVar variable = names.newIndex(first, last);
    RandomNames.Mark mark = names.mark();
    names.declare(new Parameter.Integer(variable));
    Stmt body = inner(random.nextInt(4) == 0 ? this::store : this::block);
    names.restore(mark);
    return new For(variable, begin, end, unrolled ? For.Kind.UNROLLED : For.Kind.SERIAL, body);
  }

  /** Locals, then stores that load from other buffers only. */
  private Stmt vectorLoop() {
    int count = 1 + random.nextInt(20);
    IndexVar variable = names.newIndex(0, count - 1);
    RandomNames.Mark mark = names.mark();
    Buffer target = buffers.get(random.nextInt(buffers.size()));
    Index at = base(count, target.length());
    ArrayRef targetRow = expressions.row(target);
    RandomExpressions inLoop = expressions.inVectorLoop(variable, count, target);
    List<Stmt> body = new ArrayList<>();
    for (int i = 0; i < random.nextInt(3); i++) {
      Let let = new Let(names.newVector(), inLoop.value(ValueType.VECTOR, 3));
      names.declareVector(let.name());
      body.add(let);
      if (random.nextBoolean()) {
        body.add(new Assign(let.name(), inLoop.value(ValueType.VECTOR, 3)));
      }
    }
    body.add(new Store(targetRow, at.plus(variable), inLoop.bounded(ValueType.VECTOR)));
    names.restore(mark);
    return new For(variable, Index.of(0), Index.of(count), For.Kind.VECTOR, new Block(body));
  }

  private Index base(int count, int length) {
    return expressions.fitted(expressions.index(1), 0, length - count - ValueType.MAX_LANES + 1);
  }

  private Stmt store() {
    ArrayRef array = expressions.array();
    return new Store(array, expressions.element(array), expressions.bounded(ValueType.SCALAR));
  }

  private Stmt let() {
    if (random.nextInt(4) == 0) {
      Let let = new Let(names.newVector(), new Broadcast(expressions.value(ValueType.SCALAR, 2)));
      names.declareVector(let.name());
      return let;
    }
    Let let = new Let(names.newScalar(), expressions.value(ValueType.SCALAR, 3));
    names.declareScalar(let.name());
    return let;
  }

  private Optional<Stmt> assign() {
    return names
        .anyAssignable(random)
        .map(name -> new Assign(name, expressions.bounded(ValueType.SCALAR)));
  }

  private Stmt letArray() {
    ArrayRef array = expressions.array();
    LetArray let = new LetArray(names.newArray(), array);
    names.declareArray(new ArrayVar(let.name(), array.length()));
    return let;
  }

  private Stmt copy() {
    int from = random.nextInt(buffers.size());
    int to = (from + 1 + random.nextInt(buffers.size() - 1)) % buffers.size();
    ArrayRef source = expressions.row(buffers.get(from));
    ArrayRef target = expressions.row(buffers.get(to));
    int length = 1 + random.nextInt(12);
    return new Copy(
        source,
        expressions.fitted(expressions.index(2), 0, source.length() - length),
        target,
        expressions.fitted(expressions.index(2), 0, target.length() - length),
        length);
  }

  private Stmt fill() {
    ArrayRef array = expressions.array();
    int begin = random.nextInt(array.length() - 8);
    return new Fill(
        array, begin, begin + 1 + random.nextInt(8), expressions.bounded(ValueType.SCALAR));
  }

  private Optional<Stmt> invoke() {
    if (callable.isEmpty() || depth > 1) {
      return Optional.empty();
    }
    LoopFunction callee = callable.get(random.nextInt(callable.size()));
    List<Argument> arguments = new ArrayList<>();
    for (Parameter parameter : callee.parameters()) {
      if (parameter instanceof Parameter.Array) {
        arguments.add(new Argument.Array(expressions.array()));
      } else if (parameter instanceof Parameter.Integer integer) {
        IndexVar wanted = integer.variable();
        arguments.add(
            new Argument.Integer(
                expressions.fitted(expressions.index(2), wanted.min(), wanted.max())));
      } else {
        arguments.add(new Argument.Scalar(expressions.bounded(ValueType.SCALAR)));
      }
    }
    return Optional.of(new Invoke(callee.name(), arguments));
  }
}
