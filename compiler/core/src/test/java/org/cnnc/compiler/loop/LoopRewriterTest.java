package org.cnnc.compiler.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopRewriterTest {
  private static final int PROGRAMS = 100;

  @Test
  void whatDoesNotChangeKeepsItsIdentity() {
    LoopRewriter nothing = new LoopRewriter() {};
    for (long seed = 0; seed < PROGRAMS; seed++) {
      for (LoopFunction function : RandomLoopPrograms.of(seed).functions()) {
        assertThat(nothing.rewrite(function)).isSameAs(function);
      }
    }
  }

  /** Every constant, of floats and of indices, is reached in every kind of node. */
  @Test
  void reachesEveryLeaf() {
    LoopRewriter replacing =
        new LoopRewriter() {
          @Override
          public Expr visitConst(Const expr) {
            return new Const(42);
          }

          @Override
          public Expr visitVar(Var expr) {
            return new Var("other", expr.type());
          }

          @Override
          public ArrayRef visitArrayVar(ArrayVar variable) {
            return new ArrayVar("anotherArray", variable.length());
          }
        };
    for (long seed = 0; seed < PROGRAMS; seed++) {
      for (LoopFunction function : RandomLoopPrograms.of(seed).functions()) {
        replacing.rewrite(function).body().accept(new OnlyReplacedLeaves());
      }
    }
  }

  private static final class OnlyReplacedLeaves extends LoopWalker {
    @Override
    public Void visitConst(Const expr) {
      assertThat(expr.value()).isEqualTo(42);
      return null;
    }

    @Override
    public Void visitVar(Var expr) {
      assertThat(expr.name()).isEqualTo("other");
      return null;
    }

    @Override
    public Void visitArrayVar(ArrayVar variable) {
      assertThat(variable.name()).isEqualTo("anotherArray");
      return null;
    }
  }

  @Test
  void neighboursOfAChangeKeepTheirIdentity() {
    Expr kept = new Fma(new Const(1), new Const(2), new Var("x", ValueType.SCALAR));
    Expr changing = new Unary(Unary.Op.ABS, new Const(-0f));
    Binary sum = new Binary(Binary.Op.ADD, kept, changing);
    LoopRewriter positive =
        new LoopRewriter() {
          @Override
          public Expr visitConst(Const expr) {
            return expr.value() == 0 ? new Const(0) : expr;
          }
        };
    Binary rewritten = (Binary) positive.rewrite(sum);
    assertThat(rewritten.left()).isSameAs(kept);
    assertThat(rewritten.right()).isEqualTo(new Unary(Unary.Op.ABS, new Const(0)));
  }
}
