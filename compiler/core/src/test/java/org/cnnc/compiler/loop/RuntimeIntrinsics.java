package org.cnnc.compiler.loop;

import org.cnnc.runtime.Numerics;

/** The intrinsics that generated code calls. */
public final class RuntimeIntrinsics {
  public static final IntrinsicFunctions ALL =
      IntrinsicFunctions.of(Numerics::exp, Numerics::log, Numerics::tanh);

  private RuntimeIntrinsics() {}
}
