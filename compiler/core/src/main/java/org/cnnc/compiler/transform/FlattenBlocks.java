package org.cnnc.compiler.transform;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.LetIndex;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.LoopRewriter;
import org.cnnc.compiler.loop.Stmt;

/**
 * Dissolves blocks in blocks, so that generated code has as few braces as its names need. A block
 * that binds names stays where something follows it, which may bind the same names.
 *
 * <pre>{@code
 * { let a = 0; { a = 1; a = 2; } { let b = a; out[0] = b; } }
 * ->  { let a = 0; a = 1; a = 2; let b = a; out[0] = b; }
 * }</pre>
 */
public final class FlattenBlocks implements LoopPass {
  @Override
  public String name() {
    return "flatten-blocks";
  }

  @Override
  public LoopProgram apply(LoopProgram program) {
    return LoopPass.eachFunction(program, function -> new Flattener().rewrite(function));
  }

  private static final class Flattener extends LoopRewriter {
    @Override
    public Stmt visitBlock(Block stmt) {
      Stmt rewritten = super.visitBlock(stmt);
      if (!(rewritten instanceof Block block)
          || block.statements().stream().noneMatch(Block.class::isInstance)) {
        return rewritten;
      }
      List<Stmt> flat = new ArrayList<>();
      boolean changed = false;
      for (int i = 0; i < block.statements().size(); i++) {
        Stmt inner = block.statements().get(i);
        boolean last = i == block.statements().size() - 1;
        if (inner instanceof Block nested && (last || !bindsNames(nested))) {
          flat.addAll(nested.statements());
          changed = true;
        } else {
          flat.add(inner);
        }
      }
      return changed ? new Block(flat) : block;
    }

    private static boolean bindsNames(Block block) {
      return block.statements().stream()
          .anyMatch(
              inner ->
                  inner instanceof Let || inner instanceof LetArray || inner instanceof LetIndex);
    }
  }
}
