package org.cnnc.compiler.schedule;

/** The kernel of one operation: what it has to do, and how it is made. */
public record Kernel(KernelWork work, KernelChoice choice) {
  /** Whether a kernel can be made so. */
  boolean isPossible() {
    return choice.isPossible() && choice.vectors() <= work.mostVectors(choice.sums());
  }
}
