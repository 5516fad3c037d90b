package org.cnnc.compiler.schedule;

/** Chooses how kernels are tiled. */
final class CostModel {
  private static final KernelChoice USUAL = KernelChoice.ofSums(8);

  /** As many sums in registers, but half the loads for each. */
  private static final KernelChoice TWO_VECTORS = new KernelChoice(4, 2);

  private CostModel() {}

  /** What is expected to be fastest. */
  static KernelChoice best(KernelWork work) {
    if (work.form() == KernelWork.Form.ROWS) {
      return USUAL;
    }
    int vectors = RowPieces.vectors(work.lanes());
    boolean halfOfAVectorIsRoom = vectors == 1 || vectors == 3;
    return halfOfAVectorIsRoom ? USUAL : TWO_VECTORS;
  }
}
