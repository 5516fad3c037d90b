package org.cnnc.compiler.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cnnc.compiler.loop.ArrayRef;
import org.cnnc.compiler.loop.ArrayVar;
import org.cnnc.compiler.loop.Assign;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexConst;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.LetIndex;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.LoopRewriter;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Var;

/**
 * Replaces unrolled loops, also nested ones, by copies of their bodies. What a copy binds gets the
 * value of the loop variable behind its name.
 *
 * <pre>{@code
 * unrolled for k in 0..2:              let w_0 = weight[y]
 *   let w = weight[k * 3 + y]    ->    sum = fma(w_0, image[x], sum)
 *   sum = fma(w, image[x + k], sum)    let w_1 = weight[y + 3]
 *                                      sum = fma(w_1, image[x + 1], sum)
 * }</pre>
 *
 * After it no unrolled loop is left.
 */
public final class UnrollLoops implements LoopPass {
  @Override
  public String name() {
    return "unroll-loops";
  }

  @Override
  public LoopProgram apply(LoopProgram program) {
    Set<String> buffers = program.buffers().stream().map(Buffer::name).collect(Collectors.toSet());
    return LoopPass.eachFunction(program, function -> unroll(buffers, function));
  }

  private static LoopFunction unroll(Set<String> buffers, LoopFunction function) {
    Set<String> names = new HashSet<>(NamesOf.declaredIn(function.body()));
    function.parameters().forEach(parameter -> names.add(parameter.name()));
    return new Unroller(buffers, names).rewrite(function);
  }

  private static final class Unroller extends LoopRewriter {
    private final Set<String> buffers;
    private final Set<String> names;

    Unroller(Set<String> buffers, Set<String> names) {
      this.buffers = buffers;
      this.names = names;
    }

    /** The copies of an unrolled loop become statements of the block around it. */
    @Override
    public Stmt visitBlock(Block stmt) {
      List<Stmt> statements = new ArrayList<>();
      for (Stmt inner : stmt.statements()) {
        if (isUnrolled(inner) && rewrite(inner) instanceof Block copies) {
          statements.addAll(copies.statements());
        } else {
          statements.add(rewrite(inner));
        }
      }
      return statements.equals(stmt.statements()) ? stmt : new Block(statements);
    }

    private static boolean isUnrolled(Stmt stmt) {
      return stmt instanceof For loop && loop.kind() == For.Kind.UNROLLED;
    }

    @Override
    public Stmt visitFor(For stmt) {
      if (!isUnrolled(stmt)) {
        return super.visitFor(stmt);
      }
      int begin = ((IndexConst) stmt.begin()).value();
      int end = ((IndexConst) stmt.end()).value();
      Stmt body = rewrite(Block.of(stmt.body()));
      List<Stmt> copies = new ArrayList<>();
      for (int value = begin; value < end; value++) {
        copies.addAll(copy(body, stmt.index(), value).statements());
      }
      return new Block(copies);
    }

    private Block copy(Stmt body, IndexVar variable, int value) {
      Block block = body instanceof Block whole ? whole : Block.of(body);
      if (block.statements().size() == 1 && block.statements().get(0) instanceof Block inner) {
        block = inner;
      }
      Map<String, String> renamed = new HashMap<>();
      for (String name : NamesOf.boundDirectlyIn(block.statements())) {
        renamed.put(name, unique(name + "_" + (value < 0 ? "m" + -value : "" + value)));
      }
      return (Block) new Copier(variable, Index.of(value), renamed).rewrite(block);
    }

    private String unique(String wanted) {
      String name = wanted;
      for (int number = 2; buffers.contains(name) || !names.add(name); number++) {
        name = wanted + "_" + number;
      }
      return name;
    }
  }

  /** Puts a constant for a loop variable and new names for old. */
  private static final class Copier extends LoopRewriter {
    private final IndexVar variable;
    private final Index value;
    private final Map<String, String> renamed;

    Copier(IndexVar variable, Index value, Map<String, String> renamed) {
      this.variable = variable;
      this.value = value;
      this.renamed = renamed;
    }

    private IndexVar renamed(IndexVar index) {
      return renamed.containsKey(index.name())
          ? new IndexVar(name(index.name()), index.min(), index.max())
          : index;
    }

    private String name(String old) {
      return renamed.getOrDefault(old, old);
    }

    @Override
    public Index visitVar(IndexVar index) {
      return index.equals(variable) ? value : renamed(index);
    }

    @Override
    public Expr visitVar(Var expr) {
      return renamed.containsKey(expr.name()) ? new Var(name(expr.name()), expr.type()) : expr;
    }

    @Override
    public ArrayRef visitArrayVar(ArrayVar array) {
      return renamed.containsKey(array.name())
          ? new ArrayVar(name(array.name()), array.length())
          : array;
    }

    @Override
    public Stmt visitLet(Let stmt) {
      return new Let(name(stmt.name()), rewrite(stmt.value()));
    }

    @Override
    public Stmt visitLetArray(LetArray stmt) {
      return new LetArray(name(stmt.name()), rewrite(stmt.array()));
    }

    @Override
    public Stmt visitLetIndex(LetIndex stmt) {
      return new LetIndex(renamed(stmt.variable()), rewrite(stmt.array()), rewrite(stmt.place()));
    }

    @Override
    public Stmt visitAssign(Assign stmt) {
      return new Assign(name(stmt.name()), rewrite(stmt.value()));
    }
  }
}
