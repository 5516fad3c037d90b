package org.cnnc.compiler.schedule;

import org.cnnc.compiler.train.Operation;
import org.cnnc.compiler.train.StepGraphPrinter;
import org.cnnc.compiler.train.Tensor;

/** The text of a scheduled step: phases with their operations, layouts of values. */
public final class ScheduledStepPrinter {
  private ScheduledStepPrinter() {}

  /** Ends with a line feed. */
  public static String print(ScheduledStep step) {
    StringBuilder text = new StringBuilder();
    String rules = NumericSchedule.rules(step.graph().network(), step.numeric().algorithms());
    text.append("numeric ").append(rules).append(": ");
    text.append(step.numeric().imageBlocks()).append(" blocks of ");
    text.append(step.numeric().imagesPerBlock()).append(" images\n");
    text.append("mechanical: unrolled taps ").append(step.mechanical().unrolledTaps());
    text.append(", parameter tasks ").append(step.mechanical().parameterTasks()).append('\n');
    for (StepPhase phase : step.phases()) {
      text.append("phase ").append(phase.name()).append(" by ").append(phase.granularity());
      if (phase.parts() > 1) {
        text.append(", in ").append(phase.parts()).append(" parts");
      }
      if (step.staysOnOneThread(phase)) {
        text.append(", on one thread");
      }
      if (phase.group() > 1) {
        text.append(", in groups of ").append(phase.group()).append(" images");
      }
      text.append(":\n");
      for (Operation operation : phase.operations()) {
        text.append("  ").append(StepGraphPrinter.operation(operation));
        text.append(phase.together().contains(operation) ? ", a group at once" : "");
        text.append(phase.inTurn().contains(operation) ? ", images in turn\n" : "\n");
        if (step.kernels().containsKey(operation.name())) {
          text.append(kernel(step.kernels().get(operation.name())));
        }
        step.scratch(operation).forEach(need -> text.append("    ").append(need(need)));
      }
    }
    for (Tensor tensor : step.graph().withRole(Tensor.Role.VALUE)) {
      text.append("pitch of ").append(tensor.name()).append(tensor.dims()).append(": ");
      text.append(step.pitch(tensor)).append('\n');
    }
    return text.toString();
  }

  private static String kernel(Kernel kernel) {
    ConvAlgorithm algorithm = kernel.work().algorithm();
    return (algorithm == ConvAlgorithm.DIRECT ? "" : "    by " + algorithm.title() + "\n")
        + ("    tile " + kernel.choice() + "\n");
  }

  private static String need(Scratch need) {
    return "scratch "
        + need.name()
        + " "
        + need.rows()
        + " x "
        + need.length()
        + ", "
        + need.lifetime()
        + "\n";
  }
}
