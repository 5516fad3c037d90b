package org.cnnc.compiler.cost;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions.Emit;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.cost.Cost.Resource;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.memory.ArenaTimeline;

/** Counts what a model costs. */
public final class Costs {
  private Costs() {}

  /**
   * The costs of a model: the arena of each program, of several forms that of the largest (each
   * call runs one of them), and the class files of all that ship.
   *
   * @param compiled without errors, as {@link Emit#BYTECODE}: sources have no size as classes
   * @param shipped the kinds of programs whose class files count
   */
  public static List<Cost> of(CompilationResult compiled, Set<ProgramKind> shipped) {
    Map<Resource, Cost> arenas = new LinkedHashMap<>();
    for (CompiledProgram program : compiled.programs()) {
      Cost arena = arena(program);
      arenas.merge(arena.resource(), arena, Costs::larger);
    }
    List<Cost> costs = new ArrayList<>(arenas.values());
    costs.add(classes(compiled, shipped));
    return costs;
  }

  /** The same when everything ships. */
  public static List<Cost> of(CompilationResult compiled) {
    return of(compiled, EnumSet.allOf(ProgramKind.class));
  }

  private static Cost larger(Cost one, Cost other) {
    return other.bytes() > one.bytes() ? other : one;
  }

  private static Cost arena(CompiledProgram program) {
    ArenaTimeline timeline = ArenaTimeline.of(program.step(), program.memory());
    Resource resource =
        program.kind() == ProgramKind.TRAINING
            ? Resource.TRAINING_ARENA
            : Resource.PREDICTION_ARENA;
    return new Cost(
        resource,
        timeline.bytes(),
        OptionalLong.of(timeline.lowerBound()),
        timeline.bytesByLayer());
  }

  private static Cost classes(CompilationResult compiled, Set<ProgramKind> shipped) {
    List<String> layers =
        compiled.network().orElseThrow().nodes().stream().map(Node::name).toList();
    Map<String, Long> byLayer = new LinkedHashMap<>();
    long bytes = 0;
    List<CompiledProgram> counted =
        compiled.programs().stream().filter(program -> shipped.contains(program.kind())).toList();
    for (CompiledProgram program : counted) {
      for (byte[] file : program.classFiles().values()) {
        bytes += file.length;
        ClassBytes.byLayer(file, layers)
            .forEach((layer, size) -> byLayer.merge(layer, size, Long::sum));
      }
    }
    return new Cost(Resource.CLASSES, bytes, OptionalLong.empty(), byLayer);
  }

  /** The cost of a kind; absent if no program has it. */
  public static Optional<Cost> find(List<Cost> costs, Resource resource) {
    return costs.stream().filter(cost -> cost.resource() == resource).findFirst();
  }
}
