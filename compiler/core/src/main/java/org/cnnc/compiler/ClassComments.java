package org.cnnc.compiler;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.memory.MemoryPlan;

/** What a generated class says about itself. */
final class ClassComments {
  private ClassComments() {}

  static List<String> of(ProgramKind kind, NetworkGraph network, MemoryPlan memory) {
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
    return lines;
  }
}
