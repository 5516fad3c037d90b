package org.cnnc.compiler.memory;

import java.util.ArrayList;
import java.util.List;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.train.StepGraph;
import org.cnnc.compiler.train.Tensor;

/** The text of a memory plan: each buffer with those who live in it, then the totals. */
public final class MemoryPlanPrinter {
  private MemoryPlanPrinter() {}

  /** Ends with a line feed. */
  public static String print(StepGraph graph, MemoryPlan plan) {
    StringBuilder text = new StringBuilder();
    for (Buffer buffer : plan.buffers()) {
      text.append(buffer.scope()).append(' ').append(buffer.name()).append(' ');
      text.append(buffer.rows()).append(" x ").append(buffer.length());
      List<String> tenants = tenants(graph, plan, buffer);
      text.append(tenants.isEmpty() ? "" : ": " + String.join(", ", tenants)).append('\n');
    }
    for (Buffer.Scope scope : Buffer.Scope.values()) {
      text.append(scope).append(": ").append(plan.bytes(scope)).append(" bytes\n");
    }
    return text.toString();
  }

  private static List<String> tenants(StepGraph graph, MemoryPlan plan, Buffer buffer) {
    List<String> tenants = new ArrayList<>();
    for (Tensor tensor : graph.tensors()) {
      Plane plane = plan.plane(tensor);
      if (plane != null && plane.buffer().equals(buffer)) {
        tenants.add(tensor.name() + tensor.dims() + " pitch " + plane.pitch());
      }
    }
    plan.scratch().entrySet().stream()
        .filter(entry -> entry.getValue().equals(buffer))
        .map(java.util.Map.Entry::getKey)
        .sorted()
        .forEach(tenants::add);
    return tenants;
  }
}
