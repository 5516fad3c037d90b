package org.cnnc.compiler.graph.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cnnc.compiler.graph.Corpus;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tables of LANGUAGE.md say of every attribute what the compiler does with it. */
class LanguageReferenceTest {
  private static final String REFERENCE = Corpus.read(Path.of("../../grammar/LANGUAGE.md"));

  /** An attribute with the text of its default, {@code none} for one that must be given. */
  private record Row(String attribute, String defaultText) {}

  @TestFactory
  Stream<DynamicTest> everySignatureHasItsTable() {
    return signatures()
        .filter(signature -> !signature.attributes().isEmpty())
        .map(
            signature ->
                DynamicTest.dynamicTest(signature.name(), () -> assertDocumented(signature)));
  }

  @TestFactory
  Stream<DynamicTest> everyLayerIsInTheReference() {
    return LayerCatalogue.STANDARD.layers().stream()
        .map(
            layer ->
                DynamicTest.dynamicTest(
                    layer.name(), () -> assertThat(REFERENCE).contains("`" + layer.name() + "`")));
  }

  private static Stream<Signature> signatures() {
    return Stream.of(
            LayerCatalogue.STANDARD.layers().stream().map(LayerSignature::signature),
            OptimizerCatalogue.STANDARD.entries().stream().map(OptimizerCatalogue.Entry::signature),
            Stream.of(InputCheck.SIGNATURE, TrainingCheck.SIGNATURE))
        .flatMap(each -> each);
  }

  private static void assertDocumented(Signature signature) {
    List<Row> rows =
        signature.attributes().stream()
            .map(
                attribute ->
                    new Row(
                        attribute.name(),
                        attribute.defaultValue().map(Attribute.Default::text).orElse("none")))
            .toList();
    // A layer with one attribute may be written in one line instead of a table.
    String oneLine =
        "`%s(%s = %s)`"
            .formatted(signature.name(), rows.get(0).attribute(), rows.get(0).defaultText());
    if (rows.size() > 1 || !REFERENCE.contains(oneLine)) {
      assertThat(tables()).contains(rows);
    }
  }

  private static List<List<Row>> tables() {
    List<List<Row>> tables = new ArrayList<>();
    boolean inside = false;
    for (String line : REFERENCE.lines().toList()) {
      if (line.startsWith("| attribute") || line.startsWith("| setting")) {
        inside = true;
        tables.add(new ArrayList<>());
      } else if (inside && line.startsWith("| `")) {
        String[] cells = line.split("\\|", -1);
        String attribute = cells[1].replace("(first)", "").replace("`", "").strip();
        tables.get(tables.size() - 1).add(new Row(attribute, cells[3].replace("`", "").strip()));
      } else if (!line.startsWith("|")) {
        inside = false;
      }
    }
    return tables;
  }
}
