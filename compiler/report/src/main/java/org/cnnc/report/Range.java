package org.cnnc.report;

/** The least and the greatest of some numbers. */
record Range(float least, float greatest) {
  /** Of the finite ones; 0 to 0 if there are none. */
  static Range of(float[] values) {
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      if (Float.isFinite(value)) {
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
    }
    return least > greatest ? new Range(0, 0) : new Range(least, greatest);
  }

  /** Where a number lies: 0 for the least, 1 for the greatest; 0 for all if they are equal. */
  float part(float value) {
    float part = (value - least) / (greatest - least);
    return part > 0 ? Math.min(part, 1) : 0; // NaN too is 0
  }

  /** The greatest without its sign. */
  float magnitude() {
    return Math.max(Math.abs(least), Math.abs(greatest));
  }
}
