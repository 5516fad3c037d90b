package org.cnnc.compiler.loop;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cnnc.compiler.internal.InternalCompilerError;

/**
 * Runs a loop program as it stands: the definition of the IR, and the oracle that generated code is
 * compared with. It shares nothing with the emitters. One worker runs all tasks; all buffers begin
 * as zeros. For programs that {@link LoopVerifier} accepts; bounds are checked again while running.
 */
public final class LoopInterpreter {
  private final LoopProgram program;
  private final Arithmetic arithmetic;
  private final Map<String, Object[]> storage = new LinkedHashMap<>();
  private final Map<String, Closures.Routine> functions = new HashMap<>();
  private final Registers registers = new Registers();

  private LoopInterpreter(LoopProgram program, Arithmetic arithmetic, int lanes) {
    if (lanes < 4 || lanes > ValueType.MAX_LANES || Integer.bitCount(lanes) != 1) {
      throw new IllegalArgumentException(lanes + " lanes; 4, 8 and 16 are possible");
    }
    this.program = program;
    this.arithmetic = arithmetic;
    for (Buffer buffer : program.buffers()) {
      Object[] rows = new Object[buffer.rows()];
      for (int row = 0; row < rows.length; row++) {
        rows[row] = arithmetic.newArray(buffer.length());
      }
      storage.put(buffer.name(), rows);
    }
    for (LoopFunction function : program.functions()) {
      functions.put(
          function.name(),
          StatementClosures.of(function, arithmetic, lanes, registers, storage, functions));
    }
    registers.allocate();
  }

  /** In single precision: what generated code computes, bit for bit. */
  public static LoopInterpreter inFloat(
      LoopProgram program, int lanes, IntrinsicFunctions intrinsics) {
    return new LoopInterpreter(program, new FloatArithmetic(intrinsics), lanes);
  }

  /** In double precision, with the platform's functions for the intrinsics. */
  public static LoopInterpreter inDouble(LoopProgram program, int lanes) {
    return new LoopInterpreter(program, new DoubleArithmetic(), lanes);
  }

  /** The storage of a buffer in single precision; writes go through. */
  public float[][] rows(String buffer) {
    Object[] rows = find(buffer);
    float[][] result = new float[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      result[row] = (float[]) rows[row];
    }
    return result;
  }

  /** The same, by the buffer's position in the program. */
  public float[][] rows(int buffer) {
    return rows(program.buffers().get(buffer).name());
  }

  /** The storage of a buffer in double precision; writes go through. */
  public double[][] doubleRows(String buffer) {
    Object[] rows = find(buffer);
    double[][] result = new double[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      result[row] = (double[]) rows[row];
    }
    return result;
  }

  private Object[] find(String buffer) {
    Object[] rows = storage.get(buffer);
    if (rows == null) {
      throw new IllegalArgumentException("no buffer `" + buffer + "` in " + storage.keySet());
    }
    return rows;
  }

  /**
   * Sets all scratch of the worker, to find out whether tasks rely on what they did not write.
   * (Some programs do so rightly: zeros around an image are never written.)
   */
  public void fillScratch(float value) {
    for (Buffer buffer : program.buffers()) {
      if (buffer.scope() == Buffer.Scope.WORKER) {
        for (Object row : find(buffer.name())) {
          for (int i = 0; i < buffer.length(); i++) {
            arithmetic.store(row, i, value);
          }
        }
      }
    }
  }

  /** All phases in order. */
  public void runStep(int images) {
    for (int phase = 0; phase < program.phases().size(); phase++) {
      runPhase(phase, images);
    }
  }

  /** All tasks of a phase in order. */
  public void runPhase(int phase, int images) {
    for (int task = 0; task < program.phases().get(phase).tasks(); task++) {
      run(phase, task, images);
    }
  }

  /** One task. */
  public void run(int phase, int task, int images) {
    Phase running = program.phases().get(phase);
    if (task < 0 || task >= running.tasks() || images < 1 || images > program.maxImages()) {
      throw new IllegalArgumentException(
          "task " + task + " of " + running + " for " + images + " images");
    }
    Closures.Routine function = functions.get(running.function());
    if (function == null || function.slots().length != 2) {
      throw new InternalCompilerError("cannot run `" + LoopPrinter.print(running) + "`");
    }
    registers.indices[function.slots()[0]] = task;
    registers.indices[function.slots()[1]] = images;
    function.body().run();
  }
}
