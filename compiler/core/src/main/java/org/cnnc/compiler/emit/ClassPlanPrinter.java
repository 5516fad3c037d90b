package org.cnnc.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.LoopPrinter;

/**
 * Writes a class plan as text: the class, its fields, its methods with the estimated size of their
 * code, its phases. The bodies are those of the loop program, and {@link LoopPrinter} writes them.
 */
public final class ClassPlanPrinter {
  private ClassPlanPrinter() {}

  /** Whole lines. */
  public static String print(ClassPlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add("class " + plan.header().qualifiedName() + " from " + plan.header().sourceFile());
    plan.header().comment().forEach(line -> lines.add("  // " + line));
    for (ConstantPlan constant : plan.constants()) {
      lines.add("  constant " + constant.name() + " = " + constant.value());
    }
    plan.programBuffers().values().forEach(buffer -> lines.add("  field " + print(buffer)));
    plan.scratchBuffers().values().forEach(buffer -> lines.add("  scratch " + print(buffer)));
    plan.methods().forEach(method -> lines.add("  method " + print(method)));
    plan.phases().forEach(phase -> lines.add("  " + LoopPrinter.print(phase)));
    return String.join("\n", lines) + "\n";
  }

  private static String print(Buffer buffer) {
    String size =
        buffer.isSingleRow()
            ? "float[" + buffer.length() + "]"
            : "float[" + buffer.rows() + "][" + buffer.length() + "]";
    return buffer.name() + ": " + size + " " + buffer.scope().name().toLowerCase(Locale.ROOT);
  }

  private static String print(MethodPlan method) {
    String reads =
        method.buffers().isEmpty()
            ? ""
            : ", reads " + String.join(", ", method.buffers().stream().map(Buffer::name).toList());
    return method.name()
        + (method.usesProgram() ? "" : " static")
        + (method.usesScratch() ? " with scratch" : "")
        + ": about "
        + CodeSize.of(method.function())
        + " bytes"
        + reads;
  }
}
