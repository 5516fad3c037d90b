package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.cnnc.compiler.CompilationRequest;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.schedule.MechanicalSchedule;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.grammar.diagnostic.TextRenderer;
import org.cnnc.grammar.source.SourceFile;

/** Compiles texts that have no errors. */
public final class Texts {
  /** Both programs as bytecode for the vector target. */
  public static final CompilerOptions VECTOR =
      CompilerOptions.DEFAULT.withMechanical(MechanicalSchedule.DEFAULT.withTarget(Target.VECTOR));

  private Texts() {}

  /** Compiles a text; fails with the rendered messages when it has errors. */
  public static CompilationResult compile(String name, String text, CompilerOptions options) {
    CompilationResult result =
        Compiler.compile(new CompilationRequest(new SourceFile(name, text), options));
    assertThat(result.hasErrors())
        .as(new TextRenderer(false).render(result.diagnostics()) + text)
        .isFalse();
    return result;
  }

  /** One program of a text. */
  public static CompiledProgram compile(String text, ProgramKind kind) {
    return compile("test.net", text, CompilerOptions.DEFAULT.withPrograms(kind)).program(kind);
  }

  /** Both programs of a network of the corpus, as bytecode. */
  public static CompilationResult corpus(String path) throws IOException {
    return corpus(path, CompilerOptions.DEFAULT);
  }

  /** A network of the corpus with other options. */
  public static CompilationResult corpus(String path, CompilerOptions options) throws IOException {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return compile(name, Corpus.read(path), options);
  }

  /** How many classes the loss of a network tells apart. */
  public static int classes(CompilationResult result) {
    return result.network().orElseThrow().loss().orElseThrow().value().shape().elements();
  }
}
