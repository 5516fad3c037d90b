package org.cnnc.compiler.loop;

/**
 * The runtime's functions that {@link IntrinsicCall} names. The interpreter gets them from outside,
 * because the compiler does not depend on the runtime.
 */
public interface IntrinsicFunctions {
  float exp(float x);

  float log(float x);

  float tanh(float x);

  /** A function from float to float. */
  @FunctionalInterface
  interface FloatFunction {
    float apply(float x);
  }

  /** These functions. */
  static IntrinsicFunctions of(FloatFunction exp, FloatFunction log, FloatFunction tanh) {
    return new IntrinsicFunctions() {
      @Override
      public float exp(float x) {
        return exp.apply(x);
      }

      @Override
      public float log(float x) {
        return log.apply(x);
      }

      @Override
      public float tanh(float x) {
        return tanh.apply(x);
      }
    };
  }
}
