package org.cnnc.compiler.loop;

import org.cnnc.runtime.Numerics;

/** The intrinsics that generated code calls. */
public final class RuntimeIntrinsics implements IntrinsicFunctions {
  @Override
  public float exp(float x) {
    return Numerics.exp(x);
  }

  @Override
  public float log(float x) {
    return Numerics.log(x);
  }

  @Override
  public float tanh(float x) {
    return Numerics.tanh(x);
  }
}
