package org.cnnc.cli.measure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cnnc.compiler.CompiledProgram;

/**
 * How fast this machine runs the operations of a program.
 *
 * @param peak FLOP a second of one core
 * @param seconds of an image, by name of the operation
 * @param cold operations that were not compiled in time: their seconds are those of other code
 */
public record Measurement(double peak, Map<String, Double> seconds, List<String> cold) {
  public Measurement {
    seconds = Map.copyOf(seconds);
    cold = List.copyOf(cold);
  }

  /**
   * Measures, on one thread.
   *
   * @param program as bytecode, with a phase for each operation
   * @param operations those to measure
   * @param warmUp most seconds until an operation is compiled
   * @param duration seconds of measuring, for all operations together
   */
  public static Measurement of(
      CompiledProgram program, List<String> operations, double warmUp, double duration) {
    OperationTimes times =
        new OperationTimes(new ProgramOperations(program), operations, System::nanoTime);
    Set<String> warm = times.warmUp(warmUp, warmUp * operations.size());
    double peak = MachinePeak.measure();
    times.sample(duration);
    Map<String, Double> seconds = new HashMap<>();
    operations.forEach(operation -> seconds.put(operation, times.seconds(operation)));
    List<String> cold = operations.stream().filter(name -> !warm.contains(name)).toList();
    return new Measurement(peak, seconds, cold);
  }
}
