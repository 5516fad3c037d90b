package org.cnnc.compiler.loop;

/**
 * The runtime's functions that {@link IntrinsicCall} names. The interpreter gets them from outside,
 * because the compiler does not depend on the runtime.
 */
public interface IntrinsicFunctions {
  float exp(float x);

  float log(float x);

  float tanh(float x);
}
