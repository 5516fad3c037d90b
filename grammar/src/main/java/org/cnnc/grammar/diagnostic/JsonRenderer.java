package org.cnnc.grammar.diagnostic;

import java.util.List;
import org.cnnc.grammar.source.LineMap;
import org.cnnc.grammar.source.Span;

/**
 * All diagnostics as a JSON array, in the shape of the Language Server Protocol's {@code
 * Diagnostic}: lines and characters from 0, characters in UTF-16 units, severity 1 for errors and 2
 * for warnings. {@code label}, {@code notes} and {@code help} are ours.
 */
public final class JsonRenderer {
  public String render(List<Diagnostic> diagnostics) {
    JsonWriter json = new JsonWriter().beginArray();
    diagnostics.forEach(diagnostic -> write(json, diagnostic));
    return json.endArray() + "\n";
  }

  private static void write(JsonWriter json, Diagnostic diagnostic) {
    json.beginObject().name("uri").value(diagnostic.primary().span().file().name());
    range(json, diagnostic.primary().span());
    json.name("severity").value(severity(diagnostic.code().severity()));
    json.name("code").value(diagnostic.code().id());
    json.name("source").value("cnnc");
    json.name("message").value(diagnostic.message());
    json.name("label").value(diagnostic.primary().text());
    json.name("relatedInformation").beginArray();
    diagnostic.secondary().forEach(label -> related(json, label));
    json.endArray().name("notes").beginArray();
    diagnostic.notes().forEach(json::value);
    json.endArray();
    diagnostic.help().ifPresent(help -> json.name("help").value(help));
    json.endObject();
  }

  private static void related(JsonWriter json, Label label) {
    json.beginObject().name("location").beginObject();
    json.name("uri").value(label.span().file().name());
    range(json, label.span());
    json.endObject().name("message").value(label.text()).endObject();
  }

  private static void range(JsonWriter json, Span span) {
    LineMap lines = new LineMap(span.file());
    json.name("range").beginObject();
    position(json.name("start"), lines, span.start());
    position(json.name("end"), lines, span.end());
    json.endObject();
  }

  private static void position(JsonWriter json, LineMap lines, int offset) {
    json.beginObject().name("line").value(lines.line(offset) - 1);
    json.name("character").value(lines.utf16Column(offset)).endObject();
  }

  private static int severity(Severity severity) {
    return switch (severity) {
      case ERROR -> 1;
      case WARNING -> 2;
    };
  }
}
