package org.cnnc.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cnnc.compiler.emit.ClassTooLargeException;
import org.cnnc.compiler.graph.ModelHash;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.graph.check.GraphBuilder;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.schedule.NumericSchedule;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.transform.LoopPass;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.parse.Parser;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.syntax.NetworkDeclaration;

/**
 * Compiles a model: the one entry that command, build plugin and tests share.
 *
 * <p>A tour, in the order in which a program flows: {@link Parser} makes the text a syntax tree;
 * {@link GraphBuilder} resolves names and shapes and reports every mistake the user can make;
 * {@link CompilerPipeline} takes the checked {@link NetworkGraph} through differentiation,
 * schedules, memory, loops and passes to a class plan, and lets an emitter write it down.
 *
 * <p>Mistakes of the user come back as diagnostics; an {@link InternalCompilerError} is a bug of
 * this compiler.
 */
public final class Compiler {
  private Compiler() {}

  public static CompilationResult compile(CompilationRequest request) {
    DiagnosticLog log = new DiagnosticLog();
    Optional<NetworkGraph> network = check(request.source(), log);
    if (network.isEmpty() || log.hasErrors()) {
      return new CompilationResult(log.sorted(), Optional.empty(), "", List.of(), List.of());
    }
    return compile(network.get(), request.options(), log);
  }

  /** Compiles a network that is checked already. */
  public static CompilationResult compile(NetworkGraph network, CompilerOptions options) {
    return compile(network, options, new DiagnosticLog());
  }

  /** Names of the passes over loop programs of a target, in order. */
  public static List<String> passNames(Target target) {
    return LoopPasses.of(target).stream().map(LoopPass::name).toList();
  }

  /** The checked network of a text; absent when there are errors. */
  public static Optional<NetworkGraph> check(SourceFile source, DiagnosticLog log) {
    Optional<NetworkDeclaration> tree = Parser.parse(source, log);
    if (tree.isEmpty()) {
      return Optional.empty();
    }
    Optional<NetworkGraph> network = GraphBuilder.build(tree.get(), source, log);
    return log.hasErrors() ? Optional.empty() : network;
  }

  private static CompilationResult compile(
      NetworkGraph checked, CompilerOptions options, DiagnosticLog log) {
    NetworkGraph network =
        options.batch().isPresent()
            ? checked.withTraining(checked.training().withBatch(options.batch().getAsInt()))
            : checked;
    String hash = ModelHash.of(network, NumericSchedule.rules(network, options.algorithms()));
    CompilerPipeline pipeline = new CompilerPipeline(network, hash, options);
    try {
      List<CompiledProgram> programs = new ArrayList<>();
      for (ProgramKind kind : ProgramKind.values()) {
        for (Target target : Target.values()) {
          if (options.programs().contains(kind) && options.targets().contains(target)) {
            programs.add(pipeline.compile(kind, target));
          }
        }
      }
      return new CompilationResult(
          log.sorted(),
          Optional.of(network),
          hash,
          programs,
          options.facade() ? pipeline.facade() : List.of());
    } catch (ClassTooLargeException e) {
      log.report(tooManyLayers(network, e));
      return new CompilationResult(log.sorted(), Optional.empty(), "", List.of(), List.of());
    } catch (TooLargeException e) {
      log.report(LargestLayer.report(network));
      return new CompilationResult(log.sorted(), Optional.empty(), "", List.of(), List.of());
    }
  }

  private static Diagnostic tooManyLayers(NetworkGraph network, ClassTooLargeException e) {
    List<Node> layers = network.nodes();
    Node last = layers.get(layers.size() - 1);
    return Diagnostic.of(DiagnosticCode.CLASS_TOO_LARGE, last.span(), network.name())
        .labelled(String.format(Locale.ROOT, "the last of %,d layers", layers.size()))
        .withNote(
            String.format(
                Locale.ROOT,
                "its class needs up to %,d names and numbers, a class file holds %,d",
                e.constants(),
                ClassTooLargeException.limit()))
        .withHelp("use fewer layers");
  }
}
