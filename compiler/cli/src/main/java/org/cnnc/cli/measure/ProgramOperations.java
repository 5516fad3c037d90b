package org.cnnc.cli.measure;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.ProgramMemoryError;
import org.cnnc.compiler.schedule.StepPhase;
import org.cnnc.compiler.train.Computation.Granularity;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.Scope;
import org.cnnc.runtime.RandomSource;
import org.cnnc.training.ProgramClasses;
import org.cnnc.training.StepScalars;

/**
 * A program whose operations can be run alone: compiled with a phase for each. Images are random;
 * the learning rate is zero, so that parameters stay as they were initialised.
 */
public final class ProgramOperations implements OperationRunner {
  private final Program program;
  private final ProgramInfo info;
  private final Program.Scratch scratch;
  private final List<StepPhase> operations;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Set<String> imageWise = new HashSet<>();
  private final int images;

  /**
   * Loads the program.
   *
   * @param compiled as bytecode, with {@code phasePerOperation}
   */
  public ProgramOperations(CompiledProgram compiled) {
    ProgramMemoryError.expectRoomFor(compiled);
    this.program = new ProgramClasses(compiled.classFiles()).create(compiled.className());
    this.info = ProgramInfo.parse(program.description());
    this.scratch = program.newScratch();
    this.operations = compiled.step().phases();
    boolean training = compiled.step().graph().training();
    int most = compiled.step().mostImages();
    this.images = training ? Math.min(most, compiled.step().numeric().imagesPerBlock()) : most;
    int own = info.phases().size() - operations.size();
    for (int i = 0; i < operations.size(); i++) {
      numbers.put(operationOf(operations.get(i)), own + i);
    }
    operations.stream()
        .filter(phase -> phase.granularity() == Granularity.IMAGE)
        .forEach(phase -> imageWise.add(operationOf(phase)));
    Parameters.initialise(program, info, 1);
    fillImages();
    setScalars();
    for (int phase = 0; phase < own; phase++) {
      runPhase(phase, info.phases().get(phase).tasks());
    }
  }

  private void fillImages() {
    RandomSource random = RandomSource.of(1, "images");
    int buffer = info.images().buffer();
    boolean own = info.buffers().get(buffer).scope() == Scope.WORKER;
    for (float[] row : own ? scratch.rows(buffer) : program.rows(buffer)) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.uniform(-1, 1);
      }
    }
  }

  private void setScalars() {
    info.scalars()
        .ifPresent(
            scalars ->
                new StepScalars(scalars.names(), info.train().orElseThrow(), 0)
                    .next(info.batch(), program.rows(scalars.buffer())[0]));
  }

  @Override
  public List<String> operations() {
    return operations.stream().map(ProgramOperations::operationOf).toList();
  }

  /** The name of the one operation of a phase. */
  private static String operationOf(StepPhase phase) {
    return phase.operations().get(0).name();
  }

  @Override
  public int images(String operation) {
    return isImageWise(operation) ? images : info.batch();
  }

  @Override
  public void run(String operation) {
    int phase = numbers.get(operation);
    runPhase(phase, isImageWise(operation) ? 1 : info.phases().get(phase).tasks());
  }

  private void runPhase(int phase, int tasks) {
    for (int task = 0; task < tasks; task++) {
      program.run(phase, task, info.batch(), scratch);
    }
  }

  private boolean isImageWise(String operation) {
    return imageWise.contains(operation);
  }
}
