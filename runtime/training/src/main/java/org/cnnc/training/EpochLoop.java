package org.cnnc.training;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.cnnc.runtime.RandomSource;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.ImageSink;

/**
 * The steps of one epoch after the other. An epoch's order of images is a permutation by {@code
 * RandomSource.of(seed, "epoch N")}, so that it can begin anywhere. A step allocates nothing.
 * Images that lie on a disk are read ahead.
 */
final class EpochLoop implements TrainingListener.Progress, AutoCloseable {
  private final TrainingSteps steps;
  private final Dataset data;
  private final TrainerSettings settings;
  private final EpochProgress progress;
  private final TrainingListener listener;
  private final Optional<Inspection> inspection;
  private final int[] order;
  private final Optional<ReadAhead> readAhead;
  private float loss;
  private long startNanos;
  private int startImages;
  private int begun = -1;
  private long pauseNanos;
  private boolean wentOver;

  EpochLoop(
      TrainingSteps steps, TrainingTask task, EpochProgress progress, TrainingListener listener) {
    this.steps = steps;
    this.data = task.data().training();
    this.settings = task.settings();
    this.progress = progress;
    this.listener = listener;
    this.inspection = task.inspection().map(maker -> new Inspection(maker, data));
    this.order = new int[data.size()];
    this.readAhead =
        data.isOnDisk()
            ? Optional.of(new ReadAhead(data, steps.info().input().elements(), steps.batch()))
            : Optional.empty();
  }

  /**
   * Runs what is left of the epoch, or until a pause.
   *
   * @param pauseWanted asked before each step
   * @return whether it came to the end
   */
  boolean run(BooleanSupplier pauseWanted) throws TrainingException {
    if (begun == progress.epoch) {
      startNanos += System.nanoTime() - pauseNanos; // the pause was no training
    } else {
      begin();
    }
    while (progress.images < order.length) {
      if (pauseWanted.getAsBoolean()) {
        pauseNanos = System.nanoTime();
        return false;
      }
      step();
    }
    return true;
  }

  private void begin() {
    begun = progress.epoch;
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    RandomSource.of(settings.seed(), "epoch " + epoch()).shuffle(order);
    readAhead.ifPresent(ahead -> ahead.begin(order, progress.images));
    startNanos = System.nanoTime();
    startImages = progress.images;
  }

  private void step() throws TrainingException {
    int images = Math.min(steps.batch(), order.length - progress.images);
    for (int i = 0; i < images; i++) {
      int image = order[progress.images + i];
      read(image, steps.image(i));
      steps.setTarget(i, data.label(image));
    }
    loss = steps.runIfFinite(images);
    if (!Float.isFinite(loss)) {
      throw notFinite(images);
    }
    for (int i = 0; i < images; i++) {
      progress.lossSum += steps.loss(i);
      if (steps.knowsScores() && steps.said(i) == data.label(order[progress.images + i])) {
        progress.correct++;
      }
    }
    progress.images += images;
    progress.steps = steps.scalars().steps();
    listener.step(this);
    if (!wentOver && steps.isWarm()) {
      wentOver = true;
      listener.wentOver();
    }
  }

  private void read(int image, ImageSink sink) {
    if (readAhead.isPresent()) {
      readAhead.get().take(sink);
    } else {
      data.read(image, sink);
    }
  }

  /** Nothing was updated since, so what gave the loss can be computed again. */
  private TrainingException notFinite(int images) {
    int bad = 0;
    while (bad < images - 1 && Float.isFinite(steps.loss(bad))) {
      bad++;
    }
    int image = order[progress.images + bad];
    Optional<String> where = inspection.map(look -> look.beginning(steps, image));
    return TrainingException.notFinite(
        "the loss is not finite in epoch "
            + epoch()
            + ", step "
            + steps.scalars().steps()
            + where.map(place -> "; it began at " + place).orElse(""),
        settings.rate());
  }

  @Override
  public void close() {
    readAhead.ifPresent(ReadAhead::close);
  }

  @Override
  public int epoch() {
    return progress.epoch + 1;
  }

  @Override
  public int epochs() {
    return settings.epochs();
  }

  @Override
  public int images() {
    return progress.images;
  }

  @Override
  public int imagesPerEpoch() {
    return order.length;
  }

  @Override
  public float loss() {
    return loss;
  }

  @Override
  public double meanLoss() {
    return progress.meanLoss();
  }

  @Override
  public double imagesPerSecond() {
    double seconds = (System.nanoTime() - startNanos) * 1e-9;
    return (progress.images - startImages) / seconds;
  }
}
