package org.cnnc.compiler.graph.check;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cnnc.compiler.graph.InputSpec;
import org.cnnc.compiler.graph.LossSpec;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.graph.OutputSpec;
import org.cnnc.compiler.graph.TrainingSpec;
import org.cnnc.compiler.graph.Value;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.source.SourceFile;

/** Makes the graph of the checked parts: every value gets its name, every name its value. */
final class GraphAssembly {
  private final NetworkDraft network;
  private final Scope scope;
  private final DiagnosticLog log;

  GraphAssembly(NetworkDraft network, Scope scope, DiagnosticLog log) {
    this.network = network;
    this.scope = scope;
    this.log = log;
  }

  /** Reports names that the user gave to one value and the count of layers to another. */
  void checkLayerNames() {
    Map<String, List<NetworkDraft.Layer>> layers =
        network.layers().stream().collect(Collectors.groupingBy(NetworkDraft.Layer::name));
    for (Scope.Definition definition : scope.definitions()) {
      List<NetworkDraft.Layer> called = layers.getOrDefault(definition.name().text(), List.of());
      definition
          .value()
          .flatMap(
              named -> called.stream().filter(layer -> !layer.output().equals(named)).findFirst())
          .ifPresent(layer -> reportTaken(definition, layer));
    }
  }

  private void reportTaken(Scope.Definition definition, NetworkDraft.Layer layer) {
    log.report(
        Diagnostic.of(DiagnosticCode.NAME_TAKEN, definition.name().span(), definition.name().text())
            .labelled("names another value")
            .withSecondary(
                layer.span(), "this layer is called `" + layer.name() + "`, by its count")
            .withHelp("choose another name, or name the layer with `as`"));
  }

  /** A name that nothing uses may be a slip. */
  void warnOfUnused() {
    for (Scope.Definition definition : scope.definitions()) {
      if (definition.kind() == Scope.Kind.BINDING && !definition.isUsed()) {
        log.report(
            Diagnostic.of(
                DiagnosticCode.UNUSED_NAME, definition.name().span(), definition.name().text()));
      }
    }
  }

  NetworkGraph assemble(
      String name,
      InputCheck.Checked input,
      List<OutputCheck.Checked> outputs,
      LossCheck.Checked loss,
      TrainingSpec training,
      SourceFile source) {
    Map<Integer, String> userNames = new HashMap<>();
    scope
        .definitions()
        .forEach(
            definition ->
                definition
                    .value()
                    .ifPresent(
                        value -> userNames.putIfAbsent(value.id(), definition.name().text())));
    List<Value> values =
        network.values().stream()
            .map(
                draft ->
                    new Value(
                        draft.id(),
                        userNames.getOrDefault(draft.id(), draft.layerName()),
                        draft.shape()))
            .toList();
    List<OutputSpec> outputSpecs =
        outputs.stream()
            .map(
                output ->
                    new OutputSpec(output.name(), values.get(output.value().id()), output.labels()))
            .toList();
    return new NetworkGraph(
        name,
        new InputSpec(values.get(0), input.scale(), input.mean(), input.std()),
        values,
        nodes(values),
        outputSpecs,
        Optional.of(lossSpec(loss, outputSpecs, values)),
        training,
        names(),
        source);
  }

  private List<Node> nodes(List<Value> values) {
    return network.layers().stream()
        .map(
            layer ->
                new Node(
                    layer.name(),
                    layer.operator(),
                    List.of(values.get(layer.input().id())),
                    values.get(layer.output().id()),
                    layer.span()))
        .toList();
  }

  private static LossSpec lossSpec(
      LossCheck.Checked loss, List<OutputSpec> outputs, List<Value> values) {
    Value judged = values.get(loss.judged().id());
    OutputSpec output =
        outputs.stream()
            .filter(candidate -> candidate.value().equals(judged))
            .findFirst()
            .orElseGet(() -> new OutputSpec(judged.name(), judged, List.of()));
    return new LossSpec(loss.kind(), output, values.get(loss.logits().id()), loss.span());
  }

  /** A name, its value, and where in the text it is defined. */
  private record Named(String name, int value, int position) {}

  private Map<String, Integer> names() {
    Stream<Named> users =
        scope.definitions().stream()
            .flatMap(
                definition ->
                    definition.value().stream()
                        .map(
                            value ->
                                new Named(
                                    definition.name().text(),
                                    value.id(),
                                    definition.name().span().start())));
    Stream<Named> layers =
        network.layers().stream()
            .map(layer -> new Named(layer.name(), layer.output().id(), layer.span().start()));
    Map<String, Integer> names = new LinkedHashMap<>();
    Stream.concat(users, layers)
        .sorted(Comparator.comparingInt(Named::position))
        .forEach(named -> names.putIfAbsent(named.name(), named.value()));
    return names;
  }
}
