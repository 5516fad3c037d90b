package org.cnnc.cli.survey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cnnc.cli.console.JsonObject;

/** A survey for programs: an object for each part, and one for the duplicates; nothing is cut. */
public final class SurveyJson {
  private SurveyJson() {}

  /** The objects, one a line. */
  public static List<JsonObject> of(DataSurvey survey) {
    List<JsonObject> lines = new ArrayList<>();
    survey.parts().forEach(part -> lines.add(part(part)));
    lines.add(
        new JsonObject()
            .with("event", "duplicates")
            .withObjects("groups", survey.duplicates().stream().map(SurveyJson::group).toList()));
    return lines;
  }

  private static JsonObject part(PartSurvey part) {
    return new JsonObject()
        .with("event", "part")
        .with("name", part.name())
        .with("images", part.images())
        .withObjects("classes", counts("class", part.counts()))
        .withObjects("formats", counts("format", part.formats()))
        .withObjects("sides", List.of(side("width", part.widths()), side("height", part.heights())))
        .withObjects(
            "broken",
            part.broken().stream()
                .map(problem -> new JsonObject().with("problem", problem))
                .toList());
  }

  private static List<JsonObject> counts(String what, Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(count -> new JsonObject().with(what, count.getKey()).with("images", count.getValue()))
        .toList();
  }

  private static JsonObject side(String name, Sides sides) {
    return new JsonObject()
        .with("side", name)
        .with("min", sides.min())
        .with("median", sides.median())
        .with("max", sides.max());
  }

  private static JsonObject group(Duplicates.Group group) {
    return new JsonObject()
        .with("across_classes", group.acrossClasses())
        .with("across_parts", group.acrossParts())
        .withObjects(
            "images",
            group.places().stream()
                .map(
                    place ->
                        new JsonObject()
                            .with("image", place.name())
                            .with("part", place.part())
                            .with("class", place.className()))
                .toList());
  }
}
