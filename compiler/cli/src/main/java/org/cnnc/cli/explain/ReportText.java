package org.cnnc.cli.explain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.cnnc.cli.console.JsonObject;
import org.cnnc.cli.console.TextTable;
import org.cnnc.compiler.schedule.KernelExplanation;
import org.cnnc.compiler.train.Operation;
import org.cnnc.report.Quantities;

/** Reports of operations, as texts. */
public final class ReportText {
  private static final String NOTHING = "-";

  private ReportText() {}

  /** A line for each operation. */
  public static String table(List<OperationReport> reports) {
    boolean measured = reports.stream().anyMatch(report -> report.seconds().isPresent());
    TextTable table = new TextTable(measured ? "llrrrrrr" : "llrr");
    if (measured) {
      table.row(
          "operation",
          "tile",
          "MFLOP",
          "expected",
          "GFLOP/s",
          "measured GFLOP/s",
          "of the peak",
          "us an image");
    } else {
      table.row("operation", "tile", "MFLOP", "expected");
    }
    for (OperationReport report : reports) {
      String name = report.name();
      String tile = report.kernel().map(kernel -> kernel.choice().toString()).orElse(NOTHING);
      String work = report.kernel().isPresent() ? mega(report.flop()) : NOTHING;
      String expected = percent(report.expectedShare());
      if (measured) {
        table.row(
            name,
            tile,
            work,
            expected,
            giga(report.expectedSpeed()),
            giga(report.speed()),
            percent(report.share()),
            micros(report.seconds()));
      } else {
        table.row(name, tile, work, expected);
      }
    }
    return table.toString();
  }

  /** All that is known of one operation. */
  public static String paragraph(OperationReport report) {
    Operation operation = report.operation();
    StringBuilder text = new StringBuilder(operation.name());
    text.append(operation.name().equals(report.what()) ? "" : ", " + report.what()).append('\n');
    Optional<KernelExplanation> explanation = report.explanation();
    line(
        text,
        "algorithm",
        explanation.map(KernelExplanation::algorithm).orElse("loops over its elements"));
    explanation.ifPresent(found -> line(text, "tile", found.tile()));
    report
        .pitch()
        .ifPresent(
            pitch ->
                line(
                    text,
                    "layout",
                    "rows of the result "
                        + pitch
                        + " floats apart, "
                        + operation.output().shape().width()
                        + " of them read"));
    explanation.ifPresent(found -> why(text, found.why()));
    if (report.kernel().isPresent()) {
      line(text, "work", mega(report.flop()) + " MFLOP an image");
      line(text, "expected", speed(report.expectedShare(), report.expectedSpeed()));
    }
    if (report.seconds().isPresent()) {
      String time = micros(report.seconds()) + " us an image";
      String found =
          report.kernel().isPresent() ? speed(report.share(), report.speed()) + ", " : "";
      line(text, "measured", found + time);
    }
    return text.toString();
  }

  private static void why(StringBuilder text, List<String> sentences) {
    for (int i = 0; i < sentences.size(); i++) {
      line(text, i == 0 ? "why" : "", sentences.get(i));
    }
  }

  private static void line(StringBuilder text, String title, String content) {
    text.append(String.format(Locale.ROOT, "  %-10s %s%n", title, content).stripTrailing());
    text.append('\n');
  }

  private static String speed(OptionalDouble share, OptionalDouble speed) {
    String part = percent(share) + " of the peak";
    return speed.isPresent() ? giga(speed) + " GFLOP/s, " + part : part;
  }

  private static String mega(double flop) {
    return String.format(Locale.ROOT, "%.3f", flop * 1e-6);
  }

  private static String giga(OptionalDouble speed) {
    return speed.isPresent()
        ? String.format(Locale.ROOT, "%.1f", speed.getAsDouble() * 1e-9)
        : NOTHING;
  }

  private static String percent(OptionalDouble share) {
    return share.isPresent() ? Quantities.percent(share.getAsDouble()) : NOTHING;
  }

  private static String micros(OptionalDouble seconds) {
    return seconds.isPresent()
        ? String.format(Locale.ROOT, "%.2f", seconds.getAsDouble() * 1e6)
        : NOTHING;
  }

  /** The same for programs: what is not known is left out. */
  public static JsonObject json(OperationReport report) {
    JsonObject object =
        new JsonObject()
            .with("operation", report.operation().name())
            .with("layer", report.operation().layer())
            .with("computes", report.what());
    report
        .kernel()
        .ifPresent(
            kernel ->
                object
                    .with("sums", kernel.choice().sums())
                    .with("vectors", kernel.choice().vectors())
                    .with("flop", Math.round(report.flop())));
    report
        .explanation()
        .ifPresent(
            found ->
                object
                    .with("algorithm", found.algorithm())
                    .with("tile", found.tile())
                    .with("why", String.join(" ", found.why())));
    report.pitch().ifPresent(pitch -> object.with("pitch", pitch));
    number(object, "expected_share", report.expectedShare(), 1, 4);
    number(object, "expected_gflops", report.expectedSpeed(), 1e-9, 2);
    number(object, "measured_gflops", report.speed(), 1e-9, 2);
    number(object, "measured_share", report.share(), 1, 4);
    number(object, "microseconds", report.seconds(), 1e6, 3);
    number(object, "peak_gflops", report.peak(), 1e-9, 2);
    return object;
  }

  private static void number(
      JsonObject object, String name, OptionalDouble number, double unit, int places) {
    if (number.isPresent()) {
      object.with(name, number.getAsDouble() * unit, places);
    }
  }
}
