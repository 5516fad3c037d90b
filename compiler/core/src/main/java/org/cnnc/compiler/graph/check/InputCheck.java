package org.cnnc.compiler.graph.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.syntax.Expression;
import org.cnnc.grammar.syntax.InputStatement;

/** Checks {@code input image[3, 32, 32] { scale = 1/255; }}. */
public final class InputCheck {
  private static final int LARGEST_SIDE = 1 << 16;
  private static final AttributeType<Integer> SIDE = new AttributeTypes.Count(1, LARGEST_SIDE);

  private static final Attribute<Float> SCALE =
      Attribute.optional("scale", FloatNumber.any(), "1/255", 1 / 255f);
  private static final Attribute<List<Float>> MEAN =
      Attribute.optional(
          "mean", new AttributeTypes.PerChannel(FloatNumber.any()), "0", List.of(0f));
  private static final Attribute<List<Float>> STD =
      Attribute.optional(
          "std", new AttributeTypes.PerChannel(FloatNumber.aboveZero()), "1", List.of(1f));

  /** The settings of an input. */
  public static final Signature SIGNATURE = Signature.statement("input", SCALE, MEAN, STD);

  /** The dimensions, in their order; they are read like required attributes. */
  private static final List<Attribute<Integer>> DIMENSIONS =
      List.of(
          Attribute.required("channels", SIDE),
          Attribute.required("height", SIDE),
          Attribute.required("width", SIDE));

  private final ArgumentBinder binder;
  private final DiagnosticLog log;

  InputCheck(ArgumentBinder binder, DiagnosticLog log) {
    this.binder = binder;
    this.log = log;
  }

  /** A checked input. */
  record Checked(TensorShape shape, float scale, List<Float> mean, List<Float> std) {}

  /** The input; empty, and reported, if anything is wrong with it. */
  Optional<Checked> check(InputStatement statement) {
    Optional<TensorShape> shape = shape(statement);
    BoundArguments settings =
        binder.bindSettings(SIGNATURE, statement.name().span(), statement.settings());
    if (shape.isEmpty() || !settings.isComplete()) {
      return Optional.empty();
    }
    int channels = shape.get().channels();
    Optional<List<Float>> mean = perChannel(MEAN, settings, statement, channels);
    Optional<List<Float>> std = perChannel(STD, settings, statement, channels);
    if (mean.isEmpty() || std.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Checked(shape.get(), settings.get(SCALE), mean.get(), std.get()));
  }

  private Optional<TensorShape> shape(InputStatement statement) {
    List<Expression> written = statement.shape();
    if (written.size() != DIMENSIONS.size()) {
      log.report(
          Diagnostic.of(DiagnosticCode.INPUT_DIMENSIONS, statement.name().span(), written.size())
              .labelled("takes [channels, height, width]")
              .withHelp(
                  "write `input "
                      + statement.name().text()
                      + "[1, 28, 28]` for grey images of 28 rows and 28 columns"));
      return Optional.empty();
    }
    List<Integer> sides = new ArrayList<>();
    for (int i = 0; i < DIMENSIONS.size(); i++) {
      binder.readOne(SIGNATURE, DIMENSIONS.get(i), written.get(i)).ifPresent(sides::add);
    }
    if (sides.size() != DIMENSIONS.size()) {
      return Optional.empty();
    }
    TensorShape shape = TensorShape.image(sides.get(0), sides.get(1), sides.get(2));
    if (Limits.elements(shape) > Limits.ELEMENTS) {
      log.report(
          Diagnostic.of(
                  DiagnosticCode.VALUE_TOO_LARGE,
                  written.get(0).span().to(written.get(2).span()),
                  shape,
                  Wording.grouped(Limits.ELEMENTS))
              .labelled("has " + ShapeArithmetic.elements(shape) + " elements"));
      return Optional.empty();
    }
    return Optional.of(shape);
  }

  private Optional<List<Float>> perChannel(
      Attribute<List<Float>> attribute,
      BoundArguments settings,
      InputStatement statement,
      int channels) {
    List<Float> numbers = settings.get(attribute);
    if (numbers.size() == channels) {
      return Optional.of(numbers);
    }
    // One number without brackets is for all channels; the type makes a list of one of it.
    if (numbers.size() == 1) {
      return Optional.of(Collections.nCopies(channels, numbers.get(0)));
    }
    log.report(
        Diagnostic.of(
                DiagnosticCode.CHANNEL_COUNT,
                settings.span(attribute).orElse(statement.span()),
                attribute.name(),
                Wording.count(numbers.size(), "number"),
                Wording.count(channels, "channel"))
            .withSecondary(statement.shape().get(0).span(), Wording.count(channels, "channel"))
            .withHelp("give one number for all channels, or one for each"));
    return Optional.empty();
  }
}
