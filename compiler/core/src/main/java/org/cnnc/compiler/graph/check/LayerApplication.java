package org.cnnc.compiler.graph.check;

import java.util.Optional;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.DidYouMean;
import org.cnnc.grammar.syntax.Call;
import org.cnnc.grammar.syntax.Stage;

/** Applies a layer to what is piped into it: one {@code -> conv(16, kernel = 3)} of the text. */
final class LayerApplication {
  private final LayerCatalogue catalogue = LayerCatalogue.STANDARD;
  private final NetworkDraft network;
  private final Scope scope;
  private final ArgumentBinder binder;
  private final DiagnosticLog log;

  LayerApplication(NetworkDraft network, Scope scope, ArgumentBinder binder, DiagnosticLog log) {
    this.network = network;
    this.scope = scope;
    this.binder = binder;
    this.log = log;
  }

  /** The layer's result; unknown if the layer, its attributes or its input are not right. */
  Meaning apply(Stage stage, Meaning input) {
    Meaning result =
        result(stage, input)
            .<Meaning>map(value -> new Meaning.OfValue(value, stage.span()))
            .orElseGet(() -> new Meaning.Unknown(stage.span()));
    stage.alias().ifPresent(alias -> scope.define(alias, result, Scope.Kind.LAYER));
    return result;
  }

  private Optional<ValueDraft> result(Stage stage, Meaning input) {
    Call call = stage.layer();
    Optional<LayerSignature> layer = catalogue.find(call.function().text());
    if (layer.isEmpty()) {
      reportUnknown(call);
      return Optional.empty();
    }
    String counted = network.nextName(layer.get().name());
    String name = stage.alias().map(alias -> alias.text()).orElse(counted);
    BoundArguments arguments =
        binder.bind(layer.get().signature(), call.function().span(), call.arguments());
    Optional<ValueDraft> value = singleValue(call, input);
    if (tooManyLayers(call) || !arguments.isComplete() || value.isEmpty()) {
      return Optional.empty();
    }
    if (!rankFits(layer.get(), call, value.get())) {
      return Optional.empty();
    }
    return layer
        .get()
        .factory()
        .create(new LayerContext(call, arguments, value.get(), log))
        .filter(operator -> sizeFits(operator, call, value.get()))
        .map(op -> network.addLayer(name, op, value.get(), stage.span(), call.span()));
  }

  private void reportUnknown(Call call) {
    String name = call.function().text();
    String help =
        DidYouMean.closest(name, catalogue.names())
            .map(close -> "did you mean `" + close + "`?")
            .orElseGet(() -> "the layers are " + Wording.code(catalogue.names()));
    scope.saidUnknown(name);
    log.report(
        Diagnostic.of(DiagnosticCode.UNKNOWN_LAYER, call.function().span(), name).withHelp(help));
  }

  private Optional<ValueDraft> singleValue(Call call, Meaning input) {
    if (input instanceof Meaning.OfList list) {
      if (!list.isDoubtful()) {
        reportList(call, list);
      }
      return Optional.empty();
    }
    return Evaluator.value(input, log);
  }

  private void reportList(Call call, Meaning.OfList list) {
    log.report(
        Diagnostic.of(
                DiagnosticCode.NEEDS_ONE_VALUE,
                call.function().span(),
                call.function().text(),
                list.elements().size())
            .labelled("takes one value")
            .withSecondary(list.span(), "a list of " + list.elements().size()));
  }

  private boolean tooManyLayers(Call call) {
    // Said once, at the first layer beyond the limit.
    if (network.layerCount() == Limits.LAYERS + 1) {
      log.report(
          Diagnostic.of(DiagnosticCode.TOO_MANY_LAYERS, call.span(), Wording.grouped(Limits.LAYERS))
              .labelled("one layer too many"));
    }
    return network.layerCount() > Limits.LAYERS;
  }

  private boolean rankFits(LayerSignature layer, Call call, ValueDraft value) {
    TensorShape shape = value.shape();
    return switch (layer.inputRank()) {
      case ANY -> true;
      case IMAGE -> {
        if (shape.isVector()) {
          log.report(
              wrongRank(DiagnosticCode.NEEDS_IMAGE, call, value, "takes [channels, height, width]")
                  .withHelp("use `" + layer.name() + "` before the image becomes a vector"));
        }
        yield !shape.isVector();
      }
      case VECTOR -> {
        if (!shape.isVector()) {
          log.report(
              wrongRank(DiagnosticCode.NEEDS_VECTOR, call, value, "takes [features]")
                  .withHelp("insert `-> flatten` before it"));
        }
        yield shape.isVector();
      }
    };
  }

  private static Diagnostic wrongRank(
      DiagnosticCode code, Call call, ValueDraft value, String label) {
    return value.explainShape(
        Diagnostic.of(code, call.function().span(), call.function().text(), value.shape())
            .labelled(label));
  }

  private boolean sizeFits(Operator operator, Call call, ValueDraft input) {
    TensorShape shape = operator.outputShape(input.shape());
    if (Limits.elements(shape) > Limits.ELEMENTS) {
      log.report(
          Diagnostic.of(
                  DiagnosticCode.VALUE_TOO_LARGE,
                  call.span(),
                  shape,
                  Wording.grouped(Limits.ELEMENTS))
              .labelled("gives " + ShapeArithmetic.elements(shape) + " elements"));
      return false;
    }
    if (operator.workingMemory(input.shape()) > Limits.WORKING_MEMORY) {
      log.report(
          input.explainShape(
              Diagnostic.of(
                      DiagnosticCode.WORKING_MEMORY,
                      call.span(),
                      call.function().text(),
                      Wording.grouped(Limits.WORKING_MEMORY))
                  .labelled("needs " + Wording.grouped(operator.workingMemory(input.shape())))));
      return false;
    }
    long parameters = operator.parameterCount(input.shape());
    if (network.parameterCount() + parameters > Limits.PARAMETERS) {
      log.report(
          input.explainShape(
              Diagnostic.of(
                      DiagnosticCode.TOO_MANY_PARAMETERS,
                      call.span(),
                      Wording.grouped(Limits.PARAMETERS))
                  .labelled("has " + Wording.grouped(parameters) + " parameters")));
      return false;
    }
    return true;
  }
}
