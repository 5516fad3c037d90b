package org.cnnc.compiler.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.run.Texts;
import org.cnnc.compiler.schedule.LaneChoice;
import org.cnnc.compiler.transform.NamesOf;
import org.junit.jupiter.api.Test;

/** A layer may have any name: none makes a buffer be called like a local of the loops. */
final class BufferNamesTest {
  @Test
  void noBufferIsNamedLikeALocal() throws IOException {
    Set<String> declared = new TreeSet<>();
    CompilerOptions channels =
        Texts.VECTOR.withMechanical(Texts.VECTOR.mechanical().withLanes(LaneChoice.CHANNELS));
    for (String network :
        List.of(
            "networks/lecture32.net",
            "networks/winograd.net",
            "backends/long_sums.net",
            "backends/strides.net",
            "backends/activations.net")) {
      for (int batch : new int[] {1, 32}) {
        for (CompilerOptions options :
            List.of(CompilerOptions.DEFAULT.forJava(25), Texts.VECTOR, channels)) {
          for (CompiledProgram program :
              Texts.corpus(network, options.withBatch(batch)).programs()) {
            for (LoopFunction function : program.lowered().functions()) {
              function.parameters().forEach(parameter -> declared.add(parameter.name()));
              declared.addAll(NamesOf.declaredIn(function.body()));
            }
          }
        }
      }
    }
    assertThat(declared).contains("imageInGroup", "lastInGroup", "lane", "element0");
    assertThat(declared)
        .allSatisfy(name -> assertThat(new BufferNames().allocate(name, "")).isNotEqualTo(name));
  }
}
