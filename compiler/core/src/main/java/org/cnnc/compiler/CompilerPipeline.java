package org.cnnc.compiler;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.emit.ClassHeader;
import org.cnnc.compiler.emit.ClassPlan;
import org.cnnc.compiler.emit.ClassPlanner;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.emit.bytecode.BytecodeEmitter;
import org.cnnc.compiler.emit.source.FacadeEmitter;
import org.cnnc.compiler.emit.source.JavaSourceEmitter;
import org.cnnc.compiler.graph.FeatureValue;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Value;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.lower.LowerStep;
import org.cnnc.compiler.memory.MemoryPlan;
import org.cnnc.compiler.memory.MemoryPlanVerifier;
import org.cnnc.compiler.memory.PlanMemory;
import org.cnnc.compiler.schedule.ScheduleStep;
import org.cnnc.compiler.schedule.ScheduleVerifier;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.compiler.train.BuildPrediction;
import org.cnnc.compiler.train.Differentiate;
import org.cnnc.compiler.train.StepGraph;
import org.cnnc.compiler.train.StepGraphVerifier;
import org.cnnc.compiler.transform.PassRunner;

/** The levels below the network graph, one after the other. */
final class CompilerPipeline {
  private final NetworkGraph network;
  private final String hash;
  private final CompilerOptions options;

  CompilerPipeline(NetworkGraph network, String hash, CompilerOptions options) {
    this.network = network;
    this.hash = hash;
    this.options = options;
  }

  CompiledProgram compile(ProgramKind kind, Target target) throws TooLargeException {
    Lowered lowered = TooLargeException.expectSizes(() -> lower(kind, target));
    PassRunner.Result passes = LoopPasses.apply(lowered.loops, target);
    LoopProgram program = passes.program();
    MemoryPlan memory = lowered.memory;
    String description =
        ProgramDescription.of(lowered.step, memory, program, hash, CompilerVersion.TEXT);
    ClassPlan plan =
        ClassPlanner.plan(
            header(kind, target, lowered.graph, memory), program, List.of(), description);
    return new CompiledProgram(
        kind, lowered.graph, lowered.run, memory, lowered.loops, passes.steps(), plan, emit(plan));
  }

  /** The levels from the step graph to the loops; {@code run} is the step as it is lowered. */
  private record Lowered(
      StepGraph graph,
      ScheduledStep step,
      ScheduledStep run,
      MemoryPlan memory,
      LoopProgram loops) {}

  private Lowered lower(ProgramKind kind, Target target) {
    StepGraph graph = buildStep(kind);
    StepGraphVerifier.verify(graph);
    ScheduledStep step = schedule(graph, target);
    StepGraphVerifier.verify(step.graph()); // which has other operations where some are fused
    ScheduleVerifier.verify(step);
    MemoryPlan memory = PlanMemory.apply(step);
    MemoryPlanVerifier.verify(step, memory);
    ScheduledStep run = options.phasePerOperation() ? step.phasePerOperation() : step;
    return new Lowered(graph, step, run, memory, LowerStep.apply(run, memory));
  }

  private StepGraph buildStep(ProgramKind kind) {
    return switch (kind) {
      case PREDICTION -> BuildPrediction.apply(network, keptValues());
      case TRAINING -> Differentiate.apply(network, options.keptGradients());
    };
  }

  private ScheduledStep schedule(StepGraph graph, Target target) {
    return ScheduleStep.apply(
        graph, options.algorithms(), options.mechanicalFor(target), LowerStep.needs());
  }

  private List<Value> keptValues() {
    List<Value> kept = new ArrayList<>();
    options.keptValues().forEach(name -> kept.add(network.value(name).orElseThrow()));
    if (options.facade()) { // it answers with features, too
      FeatureValue.of(network).filter(value -> !kept.contains(value)).ifPresent(kept::add);
    }
    return kept;
  }

  private List<GeneratedFile> emit(ClassPlan plan) {
    return switch (options.emit()) {
      case SOURCE -> List.of(JavaSourceEmitter.emit(plan));
      case BYTECODE -> BytecodeEmitter.emit(plan, options.release());
    };
  }

  private ClassHeader header(ProgramKind kind, Target target, StepGraph graph, MemoryPlan memory) {
    return new ClassHeader(
        options.packageName(),
        kind.className(network.name(), target),
        Facades.fileName(network),
        CompilerVersion.GENERATOR,
        ClassComments.of(kind, graph, memory));
  }

  /** The classes that an app names. */
  List<GeneratedFile> facade() throws TooLargeException {
    StepGraph graph = BuildPrediction.apply(network, keptValues());
    List<MemoryPlan> memories =
        TooLargeException.expectSizes(
            () ->
                options.targets().stream()
                    .map(target -> PlanMemory.apply(schedule(graph, target)))
                    .toList());
    return FacadeEmitter.emit(Facades.plan(network, memories, options, hash));
  }
}
