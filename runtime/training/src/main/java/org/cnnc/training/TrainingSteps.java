package org.cnnc.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.Kind;
import org.cnnc.runtime.ProgramInfo.TrainInfo;
import org.cnnc.runtime.StoredTensors;
import org.cnnc.runtime.Tensor;
import org.cnnc.training.data.ImageSink;

/**
 * Single steps of a training program: the caller sets the images and targets of a batch, then runs
 * it. Allocates nothing per step. For one thread; it computes with several.
 */
public final class TrainingSteps implements AutoCloseable {
  private final Program original;
  private final int batch;
  private final int threads;
  private final StepScalars scalars;
  private BoundProgram bound;
  private Optional<Supplier<Program>> faster = Optional.empty();
  private BooleanSupplier warmUpTime = () -> false;
  private Optional<WarmUp> warmUp = Optional.empty();

  /** Fewest nanoseconds of an image so far, counted as if one thread computed. */
  private volatile double fastest = Double.POSITIVE_INFINITY;

  /**
   * Steps of a program, whose parameters are set by the caller.
   *
   * @param rate learning rate
   * @param threads how many compute
   * @throws IllegalArgumentException if this is no training program
   */
  public TrainingSteps(Program program, ProgramInfo info, float rate, int threads) {
    if (info.kind() != Kind.TRAINING) {
      throw new IllegalArgumentException(info.model() + " is no training program");
    }
    TrainInfo section =
        info.train()
            .orElseThrow(
                () -> new IllegalArgumentException(info.model() + " has no training section"));
    List<String> names = info.scalars().map(ProgramInfo.ScalarsInfo::names).orElse(List.of());
    this.original = program;
    this.batch = info.batch();
    this.threads = threads;
    this.scalars = new StepScalars(names, section, rate);
    this.bound = new BoundProgram(program, info, threads);
  }

  /**
   * Goes on with another form of the program as soon as it is warm, with the same results.
   *
   * @param form makes it; called on another thread
   */
  public void warmUp(Supplier<Program> form) {
    warmUp(form, () -> true);
  }

  /**
   * The same, but nothing is done for it before the time has come.
   *
   * @param time asked before each step until it says yes
   */
  void warmUp(Supplier<Program> form, BooleanSupplier time) {
    faster = Optional.of(form);
    warmUpTime = time;
  }

  /** Goes on with another form of the program at once, however slow it is at first. */
  void goOver(Program form) {
    ProgramInfo info = ProgramInfo.parse(form.description());
    bound.handTo(form, info);
    goOnWith(form, info, threads);
  }

  /** Whether the steps run in the form that was warmed up. */
  public boolean isWarm() {
    return bound.program() != original;
  }

  /** Whether the other form turned out not to be faster. */
  boolean gaveUpOnFaster() {
    return warmUp.map(WarmUp::gaveUp).orElse(false);
  }

  /** Brings parameters and states back to the program that the steps began with. */
  public void store() {
    if (isWarm()) {
      bound.handTo(original, ProgramInfo.parse(original.description()));
    }
  }

  /** Most images of one step. */
  public int batch() {
    return batch;
  }

  /** What the program says of itself. */
  public ProgramInfo info() {
    return bound.info();
  }

  /** The program that runs now; {@link #store} brings what it learnt to the first one. */
  public Program program() {
    return bound.program();
  }

  /** The numbers that change from step to step; it counts the steps. */
  public StepScalars scalars() {
    return scalars;
  }

  /**
   * Takes one image of the next batch, the first one first.
   *
   * @param position its place in the batch
   */
  public ImageSink image(int position) {
    if (position == 0 && faster.isPresent()) {
      warmUpInTime(faster.get());
      switchWhenWarm();
    }
    return bound.image(position);
  }

  /** The warm-up takes the place of one thread: beside them all, it and they would all be late. */
  private void warmUpInTime(Supplier<Program> form) {
    if (warmUp.isEmpty() && warmUpTime.getAsBoolean()) {
      warmUp = Optional.of(new WarmUp(form, () -> fastest));
      goOnWith(bound.program(), bound.info(), Math.max(1, threads - 1));
    }
  }

  /** At the beginning of a batch: what it has learnt goes from one form to the other. */
  private void switchWhenWarm() {
    if (gaveUpOnFaster() && bound.threads() < threads) {
      goOnWith(bound.program(), bound.info(), threads);
    }
    Optional<Program> warm = warmUp.flatMap(WarmUp::program);
    if (warm.isEmpty()) {
      return;
    }
    faster = Optional.empty();
    warmUp = Optional.empty();
    goOver(warm.get());
  }

  private void goOnWith(Program program, ProgramInfo info, int withThreads) {
    BoundProgram next = new BoundProgram(program, info, withThreads);
    bound.close();
    bound = next;
  }

  /** Sets the class of an image of the next batch. */
  public void setTarget(int position, int label) {
    bound.setTarget(position, label);
  }

  /**
   * Runs one step.
   *
   * @param images how many are set, 1 to the compiled batch
   * @return the mean loss before the step's update
   */
  public float run(int images) {
    return run(images, false);
  }

  /**
   * The same, but where an image's loss is not finite, parameters and states stay as they were.
   *
   * @return the mean loss, which then is not finite
   */
  float runIfFinite(int images) {
    return run(images, true);
  }

  private float run(int images, boolean onlyIfFinite) {
    if (images < 1 || images > batch) {
      throw new IllegalArgumentException(images + " images in a batch of " + batch);
    }
    long begin = System.nanoTime();
    bound.run(images, scalars, onlyIfFinite);
    if (faster.isPresent()) {
      long nanos = System.nanoTime() - begin;
      fastest = Math.min(fastest, (double) nanos * workers(images) / images);
      warmUp.ifPresent(other -> other.giveWay(nanos, bound.threads()));
    }
    return lossOf(images);
  }

  /** How many threads can have had work: an image of a batch is one thread's. */
  private int workers(int images) {
    return Math.min(bound.threads(), images);
  }

  /** Mean loss of the last step: summed in double in the order of the images. */
  private float lossOf(int images) {
    double sum = 0;
    for (int i = 0; i < images; i++) {
      sum += bound.loss(i);
    }
    return (float) (sum / images);
  }

  /** Loss of one image in the last step. */
  public float loss(int position) {
    return bound.loss(position);
  }

  /** Whether a program keeps the scores of its first output, so that {@link #said} works. */
  boolean knowsScores() {
    return bound.knowsScores();
  }

  /** The class with the largest score in the last step, the first of equal ones. */
  int said(int position) {
    return bound.said(position);
  }

  /** Part of the epoch's images that were named rightly. */
  OptionalDouble trainingAccuracy(EpochProgress progress) {
    return knowsScores()
        ? OptionalDouble.of((double) progress.correct / progress.images)
        : OptionalDouble.empty();
  }

  /** Parameters by name, as they are now. */
  Map<String, Tensor> parameters() {
    return new StoredTensors(bound.program(), bound.info()).parameters();
  }

  @Override
  public void close() {
    warmUp.ifPresent(WarmUp::close);
    bound.close();
  }
}
