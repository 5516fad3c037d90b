package org.cnnc.compiler.loop;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Random legal expressions, indices and arrays over the visible names. */
final class RandomExpressions {
  private static final int LARGE = 1000;

  private final Random random;
  private final List<Buffer> buffers;
  private final RandomNames names;
  private final Optional<VectorLoop> vectorLoop;

  /** The loop around; its target must not be loaded, nor what may be the same array. */
  private record VectorLoop(IndexVar variable, int count, Buffer target) {}

  RandomExpressions(Random random, List<Buffer> buffers, RandomNames names) {
    this(random, buffers, names, Optional.empty());
  }

  private RandomExpressions(
      Random random, List<Buffer> buffers, RandomNames names, Optional<VectorLoop> vectorLoop) {
    this.random = random;
    this.buffers = buffers;
    this.names = names;
    this.vectorLoop = vectorLoop;
  }

  RandomExpressions inVectorLoop(IndexVar variable, int count, Buffer target) {
    VectorLoop loop = new VectorLoop(variable, count, target);
    return new RandomExpressions(random, buffers, names, Optional.of(loop));
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** Any array that may be touched here. */
  ArrayRef array() {
    if (vectorLoop.isEmpty() && !names.arrays.isEmpty() && random.nextBoolean()) {
      return any(names.arrays);
    }
    Buffer buffer = any(buffers);
    boolean forbidden =
        vectorLoop.isPresent() && vectorLoop.get().target().name().equals(buffer.name());
    return forbidden ? array() : row(buffer);
  }

  ArrayRef row(Buffer buffer) {
    Index row = buffer.isSingleRow() ? Index.of(0) : fitted(index(2), 0, buffer.rows() - 1);
    return new BufferRow(buffer, row);
  }

  Index element(ArrayRef array) {
    return fitted(index(3), 0, array.length() - 1);
  }

  /** An index of modest size, not always in its simplest form. */
  Index index(int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return names.indices.isEmpty() || random.nextInt(3) == 0
          ? Index.of(random.nextInt(10))
          : any(names.indices);
    }
    Index inner = index(depth - 1);
    Index result =
        switch (random.nextInt(6)) {
          case 0, 1 -> new IndexSum(inner, index(depth - 1));
          case 2 -> new IndexProduct(inner, random.nextInt(7) - 1);
          case 3 -> inner.min() >= 0 ? new IndexQuotient(inner, 1 + random.nextInt(6)) : inner;
          case 4 -> inner.min() >= 0 ? new IndexRemainder(inner, 1 + random.nextInt(6)) : inner;
          default -> new IndexMinimum(inner, index(depth - 1));
        };
    return result.min() < -LARGE || result.max() > LARGE ? inner : result;
  }

  /** The index brought into a range. */
  Index fitted(Index index, int min, int max) {
    if (index.min() >= min && index.max() <= max) {
      return index;
    }
    Index fromZero = index.plus(-index.min());
    if (fromZero.max() > max - min) {
      fromZero =
          random.nextBoolean()
              ? fromZero.remainder(max - min + 1)
              : fromZero.minimum(Index.of(max - min));
    }
    return fromZero.plus(min);
  }

  /** A value that is replaced where it is NaN or far from zero, so that numbers stay telling. */
  Expr bounded(ValueType type) {
    Expr value = value(type, 4);
    if (random.nextInt(8) == 0) {
      return value;
    }
    return new Select(
        Select.Comparison.LESS_OR_EQUAL,
        new Unary(Unary.Op.ABS, value),
        constant(type, 8),
        value,
        constant(type, 1));
  }

  private static Expr constant(ValueType type, float value) {
    return type == ValueType.VECTOR ? new Broadcast(new Const(value)) : new Const(value);
  }

  Expr value(ValueType type, int depth) {
    if (depth == 0) {
      return leaf(type);
    }
    int inner = depth - 1;
    return switch (random.nextInt(12)) {
      case 0, 1 -> new Fma(value(type, inner), value(type, inner), value(type, inner));
      case 2, 3, 4 ->
          new Binary(any(List.of(Binary.Op.values())), value(type, inner), value(type, inner));
      case 5 -> new Unary(any(List.of(Unary.Op.values())), value(type, inner));
      case 6 ->
          new Select(
              any(List.of(Select.Comparison.values())),
              value(type, inner),
              value(type, inner),
              value(type, inner),
              value(type, inner));
      case 7 ->
          type == ValueType.VECTOR
              ? new Broadcast(value(ValueType.SCALAR, inner))
              : new IntrinsicCall(
                  any(List.of(IntrinsicCall.Intrinsic.values())), value(ValueType.SCALAR, inner));
      default -> leaf(type);
    };
  }

  private Expr leaf(ValueType type) {
    List<String> locals = type == ValueType.VECTOR ? names.vectors : names.scalars;
    return switch (random.nextInt(6)) {
      case 0 -> constant(type, any(List.of(0f, -0f, 1f, -1f, 0.5f, 3f, 1e-3f)));
      case 1, 2 -> locals.isEmpty() ? load(type) : new Var(any(locals), type);
      case 3 ->
          type == ValueType.VECTOR
              ? new Broadcast(load(ValueType.SCALAR))
              : new IndexToFloat(index(2));
      default -> load(type);
    };
  }

  private Expr load(ValueType type) {
    ArrayRef array = array();
    if (type == ValueType.SCALAR) {
      return new Load(array, element(array), type);
    }
    VectorLoop loop = vectorLoop.orElseThrow();
    int room = array.length() - loop.count() - ValueType.MAX_LANES + 1;
    return new Load(array, fitted(index(1), 0, room).plus(loop.variable()), type);
  }
}
