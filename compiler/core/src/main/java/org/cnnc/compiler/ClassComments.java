package org.cnnc.compiler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.memory.MemoryPlan;
import org.cnnc.compiler.memory.Plane;
import org.cnnc.compiler.train.StepGraph;
import org.cnnc.compiler.train.Tensor;

/** What a generated class says about itself. */
final class ClassComments {
  private ClassComments() {}

  static List<String> of(ProgramKind kind, StepGraph graph, MemoryPlan memory) {
    NetworkGraph network = graph.network();
    List<String> lines = new ArrayList<>();
    lines.add(
        switch (kind) {
          case PREDICTION ->
              "Predictions of the network " + network.name() + ", one image at a time.";
          case TRAINING ->
              "Training steps of the network "
                  + network.name()
                  + ", at most "
                  + network.training().batch()
                  + " images each.";
        });
    lines.add(
        "Memory: "
            + (memory.bytes(Buffer.Scope.MODEL) + memory.bytes(Buffer.Scope.SHARED))
            + " bytes, and "
            + memory.bytes(Buffer.Scope.WORKER)
            + " for each worker.");
    lines.addAll(sharedBuffers(graph, memory));
    return lines;
  }

  /** Which values take turns in a buffer. */
  private static List<String> sharedBuffers(StepGraph graph, MemoryPlan memory) {
    Map<Buffer, List<String>> tenants = new LinkedHashMap<>();
    for (Tensor tensor : graph.tensors()) {
      Plane plane = memory.plane(tensor);
      if (plane != null) {
        tenants.computeIfAbsent(plane.buffer(), key -> new ArrayList<>()).add(tensor.name());
      }
    }
    List<String> lines = new ArrayList<>();
    tenants.forEach(
        (buffer, names) -> {
          if (names.size() > 1) {
            lines.add(buffer.name() + " holds in turn " + String.join(", ", names) + ".");
          }
        });
    return lines;
  }
}
