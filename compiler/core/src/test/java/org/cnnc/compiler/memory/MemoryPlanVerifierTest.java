package org.cnnc.compiler.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.memory.Plane.Images;
import org.cnnc.compiler.run.Texts;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.train.KeptGradients;
import org.cnnc.compiler.train.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the verifier of memory plans refuses. */
final class MemoryPlanVerifierTest {
  private ScheduledStep step;
  private MemoryPlan plan;

  @BeforeEach
  void plan() throws IOException {
    CompiledProgram program =
        Texts.corpus("networks/lecture32.net", Texts.VECTOR.withBatch(32))
            .program(ProgramKind.TRAINING);
    step = program.step();
    plan = program.memory();
  }

  private List<Tensor> kept(Images images) {
    return step.graph().tensors().stream()
        .filter(tensor -> plan.plane(tensor) != null && plan.plane(tensor).images() == images)
        .toList();
  }

  private MemoryPlan with(Tensor tensor, Plane plane) {
    Map<Integer, Plane> planes = new HashMap<>(plan.planes());
    planes.put(tensor.id(), plane);
    return new MemoryPlan(
        plan.buffers(),
        planes,
        plan.parameters(),
        plan.partialSums(),
        plan.perImage(),
        plan.scratch(),
        plan.stepScalars());
  }

  @Test
  void whatWasPlannedIsRight() {
    assertThatCode(() -> MemoryPlanVerifier.verify(step, plan)).doesNotThrowAnyException();
  }

  @Test
  void whatGoesFromRunToRunIsThereForEachImageOfTheGroup() {
    assertThat(kept(Images.GROUP)).isNotEmpty();
    for (Tensor tensor : kept(Images.GROUP)) {
      Plane plane = plan.plane(tensor);
      Plane one = new Plane(plane.buffer(), plane.shape(), plane.pitch(), Images.ONE);
      assertThatThrownBy(() -> MemoryPlanVerifier.verify(step, with(tensor, one)))
          .as(tensor.name())
          .isInstanceOf(InternalCompilerError.class)
          .hasMessageContaining("looks for " + tensor.name());
    }
  }

  @Test
  void whatIsReadBehindABarrierIsThereForAllImages() {
    Tensor input =
        kept(Images.ALL).stream()
            .filter(tensor -> tensor.name().startsWith("flatten"))
            .findFirst()
            .orElseThrow();
    Plane plane = plan.plane(input);
    Plane group = new Plane(plane.buffer(), plane.shape(), plane.pitch(), Images.GROUP);
    assertThatThrownBy(() -> MemoryPlanVerifier.verify(step, with(input, group)))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessageContaining("fc1.d_parameters looks for " + input.name())
        .hasMessageEndingWith("finds nothing");
  }

  /** The optimizer alone can do with the sums of blocks. */
  @Test
  void aGradientThatIsKeptHasAPlace() throws IOException {
    CompiledProgram keeping =
        Texts.corpus(
                "networks/lecture32.net",
                Texts.VECTOR.withBatch(32).withKeptGradients(KeptGradients.PARAMETERS))
            .program(ProgramKind.TRAINING);
    MemoryPlan whole = keeping.memory();
    Tensor gradient =
        keeping.step().graph().results().stream()
            .filter(result -> result.name().equals("d_conv1.weight"))
            .findFirst()
            .orElseThrow();
    assertThat(whole.partialSums()).containsKey(gradient.id());
    Map<Integer, ParameterPlace> parameters = new HashMap<>(whole.parameters());
    parameters.remove(gradient.id());
    MemoryPlan lacking =
        new MemoryPlan(
            whole.buffers(),
            whole.planes(),
            parameters,
            whole.partialSums(),
            whole.perImage(),
            whole.scratch(),
            whole.stepScalars());
    assertThatThrownBy(() -> MemoryPlanVerifier.verify(keeping.step(), lacking))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessage("memory plan: d_conv1.weight has no place");
  }

  @Test
  void aBufferHasNoTwoTenantsAtOnce() {
    List<Tensor> group = kept(Images.GROUP);
    Tensor first = group.get(0);
    Tensor second = group.get(1);
    Plane plane = plan.plane(second);
    Plane taken = new Plane(plan.plane(first).buffer(), plane.shape(), plane.pitch(), Images.GROUP);
    assertThatThrownBy(() -> MemoryPlanVerifier.verify(step, with(second, taken)))
        .isInstanceOf(InternalCompilerError.class)
        .hasMessageContaining("looks for ")
        .hasMessageContaining("and finds ");
  }
}
