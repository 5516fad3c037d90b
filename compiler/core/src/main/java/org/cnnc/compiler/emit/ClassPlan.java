package org.cnnc.compiler.emit;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Phase;

/**
 * One generated class, decided to the last name: emitters only write it down. The class implements
 * the runtime's {@code Program}; its nested class {@code Scratch} holds the {@link
 * org.cnnc.compiler.loop.Buffer.Scope#WORKER} buffers.
 *
 * @param header names and comment
 * @param program what is computed; verified, every function within the size budget. Its buffers
 *     become fields of the class (MODEL, SHARED) or of {@code Scratch} (WORKER) under their own
 *     names and order
 * @param methodOf by name of the function, in the order of the program: one method each
 * @param usesVectors whether a method has vector nodes, so that the class needs a species
 * @param constants public constants of the class
 * @param description the text that {@code Program.description()} returns: what the runtime needs to
 *     know (parameters, values, phases), in the format of the runtime's {@code ProgramInfo}
 */
public record ClassPlan(
    ClassHeader header,
    LoopProgram program,
    Map<String, MethodPlan> methodOf,
    boolean usesVectors,
    List<ConstantPlan> constants,
    String description) {
  /** Name of the nested class with the buffers of one worker, and of the parameter that has it. */
  public static final String SCRATCH_CLASS = "Scratch";

  public static final String SCRATCH_PARAMETER = "scratch";

  /** Name of the field with the vector species. */
  public static final String SPECIES_FIELD = "SPECIES";

  public ClassPlan {
    methodOf = Collections.unmodifiableMap(new LinkedHashMap<>(methodOf));
    constants = List.copyOf(constants);
  }

  /** Name with package, dots between. */
  public String qualifiedName() {
    return header.qualifiedName();
  }

  /** The step; {@code Program.run(phase, ...)} selects by position in this list. */
  public List<Phase> phases() {
    return program.phases();
  }

  /** All methods, in the order of the program's functions. */
  public Collection<MethodPlan> methods() {
    return methodOf.values();
  }

  /** The method of a function. */
  public MethodPlan method(String function) {
    MethodPlan method = methodOf.get(function);
    if (method == null) {
      throw new IllegalArgumentException("no function " + function);
    }
    return method;
  }

  /** The buffers that the class itself owns, by position in the program. */
  public Map<Integer, Buffer> programBuffers() {
    return buffers(false);
  }

  /** The buffers of {@code Scratch}, by position in the program. */
  public Map<Integer, Buffer> scratchBuffers() {
    return buffers(true);
  }

  /** How the class allocates its buffers. */
  public List<AllocationPlan> programAllocations() {
    return AllocationPlan.of(programBuffers());
  }

  /** How {@code Scratch} allocates its buffers. */
  public List<AllocationPlan> scratchAllocations() {
    return AllocationPlan.of(scratchBuffers());
  }

  /** The methods of the class that find its buffers. */
  public List<RowsPlan> programRows() {
    return RowsPlan.of(programBuffers());
  }

  /** The methods of {@code Scratch} that find its buffers. */
  public List<RowsPlan> scratchRows() {
    return RowsPlan.of(scratchBuffers());
  }

  private Map<Integer, Buffer> buffers(boolean inScratch) {
    Map<Integer, Buffer> chosen = new TreeMap<>();
    for (int i = 0; i < program.buffers().size(); i++) {
      Buffer buffer = program.buffers().get(i);
      if ((buffer.scope() == Buffer.Scope.WORKER) == inScratch) {
        chosen.put(i, buffer);
      }
    }
    return chosen;
  }
}
