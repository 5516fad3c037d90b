package org.cnnc.compiler.transform;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Let;
import org.cnnc.compiler.loop.LetArray;
import org.cnnc.compiler.loop.LetIndex;
import org.cnnc.compiler.loop.LoopWalker;
import org.cnnc.compiler.loop.Stmt;

/** The names that statements bind, in the order of the text. */
public final class NamesOf {
  private NamesOf() {}

  /** Bound at any depth: locals, arrays, loop variables. */
  public static Set<String> declaredIn(Stmt stmt) {
    Set<String> names = new LinkedHashSet<>();
    stmt.accept(
        new LoopWalker() {
          @Override
          public Void visitFor(For loop) {
            names.add(loop.index().name());
            return super.visitFor(loop);
          }

          @Override
          public Void visitLet(Let let) {
            names.add(let.name());
            return super.visitLet(let);
          }

          @Override
          public Void visitLetArray(LetArray let) {
            names.add(let.name());
            return super.visitLetArray(let);
          }

          @Override
          public Void visitLetIndex(LetIndex let) {
            names.add(let.variable().name());
            return super.visitLetIndex(let);
          }
        });
    return names;
  }

  /** Bound by these statements themselves, so visible to those that follow. */
  static Set<String> boundDirectlyIn(List<Stmt> statements) {
    Set<String> names = new LinkedHashSet<>();
    for (Stmt stmt : statements) {
      if (stmt instanceof Let let) {
        names.add(let.name());
      } else if (stmt instanceof LetArray let) {
        names.add(let.name());
      } else if (stmt instanceof LetIndex let) {
        names.add(let.variable().name());
      }
    }
    return names;
  }
}
