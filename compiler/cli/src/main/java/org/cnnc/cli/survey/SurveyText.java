package org.cnnc.cli.survey;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cnnc.cli.console.TextTable;
import org.cnnc.report.Quantities;

/** A survey for people. */
public final class SurveyText {
  private static final int MOST_NAMES = 10;

  private SurveyText() {}

  /** Lines, each with its end. */
  public static String of(DataSurvey survey) {
    StringBuilder text = new StringBuilder();
    for (PartSurvey part : survey.parts()) {
      text.append(part(part)).append('\n');
    }
    return text.append(duplicates(survey.duplicates())).toString();
  }

  private static String part(PartSurvey part) {
    TextTable classes = new TextTable("lr").row("class", "images");
    part.counts().forEach((name, count) -> classes.row(name, Quantities.count(count)));
    TextTable sides = new TextTable("lrrr").row("pixels", "min", "median", "max");
    side(sides, "width", part.widths());
    side(sides, "height", part.heights());
    return part.name()
        + ": "
        + Quantities.count(part.images())
        + " images, "
        + formats(part.formats())
        + "\n\n"
        + classes
        + "\n"
        + sides
        + broken(part.broken());
  }

  private static void side(TextTable table, String name, Sides sides) {
    table.row(
        name,
        Quantities.count(sides.min()),
        Quantities.count(sides.median()),
        Quantities.count(sides.max()));
  }

  private static String formats(Map<String, Integer> formats) {
    return formats.entrySet().stream()
        .map(format -> format.getKey() + " " + Quantities.count(format.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String broken(List<String> problems) {
    return problems.isEmpty()
        ? ""
        : "\nbroken files: " + Quantities.count(problems.size()) + "\n" + some(problems);
  }

  private static String duplicates(List<Duplicates.Group> groups) {
    if (groups.isEmpty()) {
      return "no image is there twice\n";
    }
    long copies = groups.stream().mapToLong(group -> group.places().size() - 1L).sum();
    StringBuilder text =
        new StringBuilder("copies of other images: " + Quantities.count(copies) + "\n");
    List<Duplicates.Group> classes =
        groups.stream().filter(Duplicates.Group::acrossClasses).toList();
    List<Duplicates.Group> parts = groups.stream().filter(Duplicates.Group::acrossParts).toList();
    if (!classes.isEmpty()) {
      text.append("WARNING: the same image in different classes: ")
          .append(Quantities.count(classes.size()))
          .append("\n")
          .append(some(classes.stream().map(SurveyText::names).toList()));
    }
    if (!parts.isEmpty()) {
      text.append("WARNING: the same image to train and to test with: ")
          .append(Quantities.count(parts.size()))
          .append("\n")
          .append(some(parts.stream().map(SurveyText::names).toList()));
    }
    List<Duplicates.Group> plain =
        groups.stream().filter(group -> !group.acrossClasses() && !group.acrossParts()).toList();
    return text.append(some(plain.stream().map(SurveyText::names).toList())).toString();
  }

  private static String names(Duplicates.Group group) {
    return group.places().stream()
        .limit(MOST_NAMES)
        .map(place -> place.name() + " (" + place.className() + ")")
        .collect(Collectors.joining(" = ", "", group.places().size() > MOST_NAMES ? " ..." : ""));
  }

  private static String some(List<String> lines) {
    String shown =
        lines.stream()
            .limit(MOST_NAMES)
            .map(line -> "  " + line + "\n")
            .collect(Collectors.joining());
    int more = lines.size() - MOST_NAMES;
    return more > 0 ? shown + "  and " + Quantities.count(more) + " more\n" : shown;
  }
}
