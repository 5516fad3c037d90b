package org.cnnc.cli;

import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.JsonObject;
import org.cnnc.training.EpochReport;
import org.cnnc.training.TrainingListener;

/**
 * Shows how training goes: a line for each epoch, and on a terminal a bar that fills while the
 * epoch runs.
 */
final class TrainingProgress implements TrainingListener, AutoCloseable {
  private static final int COLUMNS = 78;
  private static final int UPDATE_MILLISECONDS = 100;
  private static final int PLACES = 6;

  /** Back to the start of the line, which is then empty. */
  private static final String CLEAR_LINE = "\r\u001B[K";

  private final Console console;
  private final boolean json;
  private Optional<ProgressBar> bar = Optional.empty();
  private long lastMessage;

  TrainingProgress(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  @Override
  public void step(Progress progress) {
    if (!console.isTerminal()) {
      return;
    }
    if (bar.isEmpty()) {
      bar = Optional.of(newBar(progress));
    }
    bar.get().stepTo(progress.images());
    long now = System.nanoTime();
    if (now - lastMessage > UPDATE_MILLISECONDS * 1_000_000L) {
      lastMessage = now;
      bar.get().setExtraMessage(String.format(Locale.ROOT, " loss %.4f", progress.meanLoss()));
    }
  }

  private ProgressBar newBar(Progress progress) {
    return new ProgressBarBuilder()
        .setTaskName("epoch " + progress.epoch() + "/" + progress.epochs())
        .setInitialMax(progress.imagesPerEpoch())
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(UPDATE_MILLISECONDS)
        .showSpeed()
        .setConsumer(
            new DelegatingProgressBarConsumer(line -> console.progress("\r" + line), COLUMNS))
        .build();
  }

  @Override
  public void wentOver() {
    removeBar();
    console.message("training goes on with vectors");
  }

  @Override
  public void epoch(EpochReport report) {
    removeBar();
    console.line(json ? asJson(report).toString() : report.line());
  }

  private static JsonObject asJson(EpochReport report) {
    JsonObject object =
        new JsonObject()
            .with("event", "epoch")
            .with("epoch", report.epoch())
            .with("epochs", report.epochs())
            .with("loss", report.meanLoss(), PLACES);
    report.trainingAccuracy().ifPresent(part -> object.with("accuracy", part, PLACES));
    report
        .validation()
        .ifPresent(
            result ->
                object
                    .with("validation_loss", result.meanLoss(), PLACES)
                    .with("validation_accuracy", result.accuracy(), PLACES)
                    .with("best", report.best()));
    return object.with("images_per_second", report.imagesPerSecond(), 1);
  }

  /** Takes the bar away, if there is one. */
  void removeBar() {
    if (bar.isPresent()) {
      bar.get().close();
      bar = Optional.empty();
      console.progress(CLEAR_LINE);
    }
  }

  @Override
  public void close() {
    removeBar();
  }
}
