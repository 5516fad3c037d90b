package org.cnnc.benchmarks.comparison;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;

/**
 * One figure: a line that {@code cnnc bench}, or the script of the peers, prints.
 *
 * @param peer who did the work; ours begin with {@value #OURS}
 * @param microseconds of one batch, median
 */
record Measurement(
    String peer,
    String net,
    String job,
    int batch,
    int threads,
    double imagesPerSecond,
    double microseconds) {
  private static final String OURS = "cnnc-";
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .create();

  /**
   * Reads a line; members that are not compared are passed over.
   *
   * @throws JsonParseException if it is no figure
   */
  static Measurement of(JsonObject line) {
    Measurement read = GSON.fromJson(line, Measurement.class);
    if (read.peer == null || read.net == null || read.job == null || !(read.microseconds > 0)) {
      throw new JsonParseException("no figure: " + line);
    }
    return read;
  }

  Work work() {
    return new Work(net, job, batch, threads);
  }

  /** Whether our own code did it. */
  boolean isOurs() {
    return peer.startsWith(OURS);
  }
}
