package org.cnnc.compiler.emit;

import java.util.List;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.LoopFunction;

/**
 * One method. It is an instance method when {@code usesProgram}, else static; a leading parameter
 * {@code Scratch scratch} is there when {@code usesScratch}; the parameters of the function follow.
 *
 * @param function what it does; the method has its name
 * @param buffers the buffers that the body names itself: fields, read once into locals of the same
 *     name on entry
 * @param usesProgram whether it, or a function it calls, touches a MODEL or SHARED buffer
 * @param usesScratch whether it, or a function it calls, touches a WORKER buffer
 */
public record MethodPlan(
    LoopFunction function, List<Buffer> buffers, boolean usesProgram, boolean usesScratch) {
  public MethodPlan {
    buffers = List.copyOf(buffers);
  }

  public String name() {
    return function.name();
  }
}
