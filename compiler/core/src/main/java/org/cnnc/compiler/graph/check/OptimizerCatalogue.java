package org.cnnc.compiler.graph.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.cnnc.compiler.graph.OptimizerSpec;

/** The optimizers of the language; definitions and defaults are PyTorch's. */
public final class OptimizerCatalogue {
  static final Attribute<Boolean> NESTEROV =
      Attribute.optional("nesterov", new AttributeTypes.Flag(), "false", false);

  /** Optimizers, attributes and defaults of this version of the language. */
  public static final OptimizerCatalogue STANDARD =
      new OptimizerCatalogue(List.of(stochasticGradientDescent(), adam()));

  private final List<Entry> entries;

  private OptimizerCatalogue(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * An optimizer: what it can be told, and what the compiler makes of it.
   *
   * @param made the class of what the factory makes
   */
  public record Entry(
      Signature signature,
      RateRange rates,
      Class<? extends OptimizerSpec> made,
      Function<BoundArguments, OptimizerSpec> factory) {}

  public List<Entry> entries() {
    return entries;
  }

  /** The learning rates that are usual for an optimizer. */
  RateRange rates(OptimizerSpec optimizer) {
    return entries.stream()
        .filter(entry -> entry.made().isInstance(optimizer))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not in the catalogue: " + optimizer))
        .rates();
  }

  Optional<Entry> find(String name) {
    return entries.stream().filter(entry -> entry.signature().name().equals(name)).findFirst();
  }

  List<String> names() {
    return entries.stream().map(entry -> entry.signature().name()).toList();
  }

  private static Entry stochasticGradientDescent() {
    Attribute<Float> rate = Attribute.optional("rate", FloatNumber.aboveZero(), "0.01", 0.01f);
    Attribute<Float> momentum = Attribute.optional("momentum", FloatNumber.fraction(), "0", 0f);
    Attribute<Float> weightDecay = weightDecay();
    return new Entry(
        Signature.call("sgd", rate, momentum, NESTEROV, weightDecay),
        new RateRange(rate, 1e-6f, 1f, "`sgd` mostly learns at rates from 0.001 to 0.1"),
        OptimizerSpec.Sgd.class,
        given ->
            new OptimizerSpec.Sgd(
                given.get(rate), given.get(momentum), given.get(NESTEROV), given.get(weightDecay)));
  }

  private static Entry adam() {
    Attribute<Float> rate = Attribute.optional("rate", FloatNumber.aboveZero(), "0.001", 0.001f);
    Attribute<Float> beta1 = Attribute.optional("beta1", FloatNumber.fraction(), "0.9", 0.9f);
    Attribute<Float> beta2 = Attribute.optional("beta2", FloatNumber.fraction(), "0.999", 0.999f);
    Attribute<Float> epsilon =
        Attribute.optional("epsilon", FloatNumber.aboveZero(), "1e-8", 1e-8f);
    Attribute<Float> weightDecay = weightDecay();
    return new Entry(
        Signature.call("adam", rate, beta1, beta2, epsilon, weightDecay),
        new RateRange(rate, 1e-7f, 0.1f, "`adam` mostly learns at rates from 0.0001 to 0.01"),
        OptimizerSpec.Adam.class,
        given ->
            new OptimizerSpec.Adam(
                given.get(rate),
                given.get(beta1),
                given.get(beta2),
                given.get(epsilon),
                given.get(weightDecay)));
  }

  private static Attribute<Float> weightDecay() {
    return Attribute.optional("weight_decay", FloatNumber.notNegative(), "0", 0f);
  }
}
