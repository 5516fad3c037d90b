package org.cnnc.benchmarks.comparison;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cnnc.benchmarks.comparison.Comparison.Contestant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmarks compare}: ours and the peers in turns, and the ratios of their figures. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    header = "Measures ours and the peers in turns, and prints the ratios.",
    description =
        "Each round measures each network with cnnc bench and with the peers' script, a new process "
            + "each time. Every figure is printed as it comes; at the end a table with the median of "
            + "the rounds (smallest to largest). A ratio is made within a round: the time of the "
            + "fastest peer over ours.",
    descriptionHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer =
        "  benchmarks compare lenet28.net lecture32.net --peers peers.py --python python3 --threads 1,2")
public final class CompareCommand implements Callable<Integer> {
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  @Spec private CommandSpec spec;
  @Mixin private ContestantOptions contestants;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often everybody is measured (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes all figures and the comparisons there, too.")
  private Path json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    List<JsonObject> figures = new ArrayList<>();
    List<List<Measurement>> measured = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      List<Measurement> ofRound = new ArrayList<>();
      for (MeasuringProcess process : contestants.processes()) {
        for (JsonObject line : process.run()) {
          line.addProperty("round", round);
          figures.add(line);
          out.println(line);
          if (!line.has("error")) {
            ofRound.add(Measurement.of(line));
          }
        }
        out.flush();
      }
      measured.add(ofRound);
    }
    List<Comparison> comparisons = Comparison.of(measured);
    out.println();
    out.print(ComparisonTable.of(comparisons));
    out.flush();
    if (json != null) {
      write(figures, comparisons);
    }
    return 0;
  }

  private void write(List<JsonObject> figures, List<Comparison> comparisons) throws IOException {
    JsonObject page = new JsonObject();
    page.add("figures", GSON.toJsonTree(figures));
    JsonArray rows = new JsonArray();
    for (Comparison comparison : comparisons) {
      comparison.contestants().forEach(contestant -> rows.add(row(comparison.work(), contestant)));
    }
    page.add("comparisons", rows);
    Files.writeString(json, GSON.toJson(page) + "\n");
  }

  private static JsonObject row(Work work, Contestant contestant) {
    JsonObject row = GSON.toJsonTree(work).getAsJsonObject();
    row.addProperty("peer", contestant.peer());
    row.add("images_per_second", GSON.toJsonTree(contestant.imagesPerSecond()));
    row.add("microseconds", GSON.toJsonTree(contestant.microseconds()));
    contestant.ratio().ifPresent(ratio -> row.add("ratio", GSON.toJsonTree(ratio)));
    return row;
  }
}
