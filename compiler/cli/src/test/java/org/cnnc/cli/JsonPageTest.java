package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cnnc.cli.console.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands print with {@code --json} is JSON, and has the fields that JSON.md tells of. */
class JsonPageTest {
  private static final Path PAGE = Path.of("../JSON.md");
  private static final Pattern SECTION = Pattern.compile("^## ", Pattern.MULTILINE);
  private static final Pattern FIELD = Pattern.compile("`([^`]+)`");
  private static final String DIAGNOSTICS = "cnnc model.net";

  /** Its keys are those of a file. */
  private static final String METADATA = "metadata";

  /** Of what takes long: it is documented, and not looked for here. */
  private static final Set<String> MEASURED =
      Set.of("expected_gflops", "measured_gflops", "measured_share", "microseconds", "peak_gflops");

  @TempDir private Path folder;
  private final Map<String, Set<String>> seen = new TreeMap<>();

  @Test
  void fieldsAreThoseOfThePage() throws IOException {
    runAllCommands();
    Map<String, Set<String>> told = told();
    told.get("cnnc explain").removeAll(MEASURED);
    assertThat(seen.keySet()).isEqualTo(told.keySet());
    told.forEach((section, fields) -> assertThat(seen.get(section)).as(section).isEqualTo(fields));
  }

  /** The names in the first columns of the tables, by section. */
  private static Map<String, Set<String>> told() throws IOException {
    Map<String, Set<String>> told = new TreeMap<>();
    SECTION
        .splitAsStream(Files.readString(PAGE))
        .skip(1)
        .forEach(
            section -> {
              Set<String> fields = new TreeSet<>();
              section
                  .lines()
                  .filter(line -> line.startsWith("| `"))
                  .flatMap(line -> FIELD.matcher(line.substring(0, line.indexOf(" | "))).results())
                  .forEach(field -> fields.add(field.group(1)));
              told.put(section.lines().findFirst().orElseThrow(), fields);
            });
    return told;
  }

  private void runAllCommands() throws IOException {
    Path model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
    Path pictures = TinyFiles.pictures(folder.resolve("pictures"), 8);
    Path other = TinyFiles.tensors(folder.resolve("other.safetensors"), 12);
    Path weights = folder.resolve("w.safetensors");
    see("train", "--data", pictures, "--out", weights, model, "--skip-bad");
    see("train", "--data", pictures, model, "--reproduce", weights);
    Path brief = folder.resolve("brief.safetensors");
    see("train", "--data", pictures, "--out", brief, model, "--minutes", 1e-9);
    Path patient = folder.resolve("patient.safetensors");
    List<Object> noise = List.of("--validation", other, "--epochs", 100, "--patience", 1);
    see("train", "--data", pictures, "--out", patient, model, noise);
    Path mistakes = folder.resolve("mistakes.png");
    List<Object> more = List.of("--top", 2, "--mistakes", mistakes, "--skip-bad");
    see("eval", model, "--weights", weights, "--data", other, more);
    see("verify", weights, "--model", model);
    see("predict", model, "--weights", weights, pictures.resolve("dark/picture0.png"));
    see("summary", model);
    see("check", model, "--max-class-bytes", "1K");
    see("explain", model, "--no-measure", "--target", "plain");
    seeAll("cnnc bench", Cnnc.run("bench", model, "--batch", 1, "--seconds", 0, "--warmup", 0));
    Files.copy(pictures.resolve("dark/picture0.png"), pictures.resolve("light/copy.png"));
    Files.writeString(pictures.resolve("light/broken.png"), "no picture");
    see("data", pictures);
    addFields("", parse(Cnnc.run(wrongModel(), "--json").out()), section(DIAGNOSTICS));
  }

  private Path wrongModel() throws IOException {
    return TinyFiles.write(
        folder.resolve("wrong.net"),
        TinyFiles.CONVOLUTION.replace("kernel = 3, padding = same", "kernel = 9"));
  }

  /** The same array, whichever command meets the mistake first. */
  @Test
  void mistakesOfATextAreAnArrayFromEveryCommand() throws IOException {
    Path model = wrongModel();
    String expected = Cnnc.run(model, "--json").out();
    assertThat(parse(expected).getAsJsonArray()).isNotEmpty();
    Path weights = TinyFiles.tensors(folder.resolve("w.safetensors"), 1);
    Path out = folder.resolve("out.safetensors");
    Map<String, List<Object>> commands =
        Map.of(
            "summary", List.of(model),
            "check", List.of(model),
            "data", List.of(folder, model),
            "train", List.of(model, "--data", folder, "--out", out),
            "eval", List.of(model, "--weights", weights, "--data", folder),
            "verify", List.of(weights, "--model", model),
            "predict", List.of(model, "--weights", weights, weights),
            "explain", List.of(model, "--no-measure"));
    assertThat(commands.keySet()).isEqualTo(commandsWithJson());
    commands.forEach(
        (command, arguments) -> {
          Cnnc.Result result = Cnnc.run(with(command, arguments));
          assertThat(result.out()).as(command + ": " + result.err()).isEqualTo(expected);
          assertThat(result.err()).as(command).isEmpty();
          assertThat(result.exitCode()).as(command).isEqualTo(1);
        });
  }

  private static Object[] with(String command, List<Object> arguments) {
    List<Object> words = new ArrayList<>(List.of(command, "--json"));
    words.addAll(arguments);
    return words.toArray();
  }

  private static Set<String> commandsWithJson() {
    Console unused = new Console(new StringWriter(), new StringWriter(), false);
    return Main.commandLine(unused).getSubcommands().entrySet().stream()
        .filter(command -> command.getValue().getCommandSpec().findOption("--json") != null)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private void see(String command, Object... arguments) {
    List<Object> words = new ArrayList<>(List.of(command, "--json"));
    for (Object argument : arguments) {
      words.addAll(argument instanceof List<?> several ? several : List.of(argument));
    }
    seeAll("cnnc " + command, Cnnc.run(words.toArray()));
  }

  private void seeAll(String command, Cnnc.Result result) {
    assertThat(result.out()).as(command + ": " + result.err()).isNotEmpty();
    result
        .out()
        .lines()
        .forEach(
            line -> {
              JsonObject object = parse(line).getAsJsonObject();
              JsonElement event = object.get("event");
              String name = event == null ? command : command + ": " + event.getAsString();
              addFields("", object, section(name));
            });
  }

  private Set<String> section(String name) {
    return seen.computeIfAbsent(name, same -> new TreeSet<>());
  }

  private static JsonElement parse(String text) {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    return JsonParser.parseReader(reader);
  }

  /** Adds the paths of all that is neither an object nor a list. */
  private static void addFields(String path, JsonElement element, Set<String> fields) {
    if (element.isJsonObject() && !path.equals(METADATA)) {
      String prefix = path.isEmpty() ? "" : path + ".";
      element
          .getAsJsonObject()
          .entrySet()
          .forEach(member -> addFields(prefix + member.getKey(), member.getValue(), fields));
    } else if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(each -> addFields(path + "[]", each, fields));
    } else {
      fields.add(path);
    }
  }
}
