package org.cnnc.compiler.graph.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cnnc.compiler.graph.Models;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.TrainingSpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LayerCatalogueTest {
  @TestFactory
  Stream<DynamicTest> aLayersOperatorGoesByTheLayersName() {
    return LayerCatalogue.STANDARD.layers().stream()
        .map(
            layer ->
                DynamicTest.dynamicTest(
                    layer.name(),
                    () ->
                        assertThat(graphOf(call(layer)).nodes().get(1).operator().kind())
                            .isEqualTo(layer.name())));
  }

  /** The reference shows the default's text; the compiler uses its value. */
  @TestFactory
  Stream<DynamicTest> theTextOfADefaultMeansItsValue() {
    List<DynamicTest> tests = new ArrayList<>();
    for (LayerSignature layer : LayerCatalogue.STANDARD.layers()) {
      for (Attribute<?> attribute : layer.attributes()) {
        attribute
            .defaultValue()
            .filter(value -> !value.text().equals("kernel"))
            .ifPresent(
                value ->
                    tests.add(
                        DynamicTest.dynamicTest(
                            layer.name() + " " + attribute.name(),
                            () ->
                                assertThat(
                                        graphOf(call(layer, attribute.name(), value.text()))
                                            .nodes()
                                            .get(1)
                                            .operator())
                                    .isEqualTo(graphOf(call(layer)).nodes().get(1).operator()))));
      }
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> theTextOfASettingsDefaultMeansItsValue() {
    List<DynamicTest> tests = new ArrayList<>();
    NetworkGraph plain = Models.graph(model("", ""));
    for (Attribute<?> attribute : InputCheck.SIGNATURE.attributes()) {
      String setting = setting(attribute);
      tests.add(
          DynamicTest.dynamicTest(
              "input " + setting,
              () ->
                  assertThat(Models.graph(model("{ " + setting + " }", "")).input())
                      .isEqualTo(plain.input())));
    }
    for (Attribute<?> attribute : TrainingCheck.SIGNATURE.attributes()) {
      String setting = setting(attribute);
      tests.add(
          DynamicTest.dynamicTest(
              "train " + setting,
              () ->
                  assertThat(Models.graph(model("", "train { " + setting + " }")).training())
                      .isEqualTo(TrainingSpec.DEFAULT)));
    }
    for (OptimizerCatalogue.Entry optimizer : OptimizerCatalogue.STANDARD.entries()) {
      String name = optimizer.signature().name();
      for (Attribute<?> attribute : optimizer.signature().attributes()) {
        String argument = attribute.name() + " = " + attribute.defaultValue().orElseThrow().text();
        tests.add(
            DynamicTest.dynamicTest(
                name + " " + argument,
                () -> assertThat(training(name + "(" + argument + ")")).isEqualTo(training(name))));
      }
    }
    return tests.stream();
  }

  @Test
  void aNetworkWithoutATrainingSectionHasTheDefaults() {
    assertThat(Models.graph(model("", "")).training()).isEqualTo(TrainingSpec.DEFAULT);
    assertThat(Models.graph(model("", "train { }")).training()).isEqualTo(TrainingSpec.DEFAULT);
  }

  private static TrainingSpec training(String optimizer) {
    return Models.graph(model("", "train { optimizer = " + optimizer + "; }")).training();
  }

  private static String setting(Attribute<?> attribute) {
    return attribute.name() + " = " + attribute.defaultValue().orElseThrow().text() + ";";
  }

  private static String model(String inputSettings, String train) {
    String input = "input image[3, 4, 4]" + (inputSettings.isEmpty() ? ";" : inputSettings);
    return "network N { "
        + input
        + " output label = image -> flatten -> softmax; loss cross_entropy(label); "
        + train
        + " }";
  }

  /** The layer, given 2 for what it must be given. */
  private static String call(LayerSignature layer, String... more) {
    List<String> arguments = new ArrayList<>();
    for (Attribute<?> attribute : layer.attributes()) {
      if (attribute.isRequired()) {
        arguments.add(attribute.name() + " = 2");
      }
    }
    if (more.length == 2) {
      arguments.add(more[0] + " = " + more[1]);
    }
    return layer.name() + "(" + String.join(", ", arguments) + ")";
  }

  private static NetworkGraph graphOf(String call) {
    Map<Boolean, String> first = Map.of(true, "flatten", false, "relu");
    boolean takesVector = call.startsWith("fc") || call.startsWith("softmax");
    return Models.graph(
        Models.network("[3, 4, 4]", " -> " + first.get(takesVector) + " -> " + call));
  }

  @Test
  void aLayerThatIsLikeNoOtherIsAnsweredWithAllNames() {
    Models.Checked checked =
        Models.check("model.net", Models.network("[1, 4, 4]", " -> transformer"));
    assertThat(checked.rendered())
        .contains(
            "help: the layers are `"
                + String.join("`, `", LayerCatalogue.STANDARD.names())
                + "`\n");
  }
}
