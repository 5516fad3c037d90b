package org.cnnc.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cnnc.compiler.emit.ClassHeader;
import org.cnnc.compiler.emit.ConstantPlan;
import org.cnnc.compiler.emit.source.FacadePlan;
import org.cnnc.compiler.emit.source.FacadePlan.Features;
import org.cnnc.compiler.emit.source.FacadePlan.ProgramForms;
import org.cnnc.compiler.graph.FeatureValue;
import org.cnnc.compiler.graph.InputSpec;
import org.cnnc.compiler.graph.LossSpec;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.NetworkSummary;
import org.cnnc.compiler.graph.OutputSpec;
import org.cnnc.compiler.loop.Buffer.Scope;
import org.cnnc.compiler.memory.MemoryPlan;
import org.cnnc.compiler.schedule.Target;

/** Plans the class that an app names. */
final class Facades {
  private final NetworkGraph network;
  private final CompilerOptions options;

  private Facades(NetworkGraph network, CompilerOptions options) {
    this.network = network;
    this.options = options;
  }

  /**
   * Plans it.
   *
   * @param predictions memory of the prediction program in each of its forms
   */
  static FacadePlan plan(
      NetworkGraph network, List<MemoryPlan> predictions, CompilerOptions options, String hash) {
    return new Facades(network, options).plan(predictions, hash);
  }

  private FacadePlan plan(List<MemoryPlan> predictions, String hash) {
    OutputSpec output = network.outputs().get(0);
    ClassHeader header =
        new ClassHeader(
            options.packageName(),
            network.name(),
            fileName(network),
            CompilerVersion.GENERATOR,
            comment(hash));
    return new FacadePlan(
        header,
        forms(ProgramKind.PREDICTION),
        training(),
        network.input().value().shape().dims(),
        preprocessing(),
        output.value().shape().elements(),
        output.labels(),
        FeatureValue.of(network).map(value -> new Features(value.name(), value.shape().dims())),
        List.of(
            new ConstantPlan(
                "MODEL_BYTES",
                largest(predictions, Scope.MODEL),
                "Bytes of the weights, shared by all threads."),
            new ConstantPlan(
                "SCRATCH_BYTES",
                largest(predictions, Scope.WORKER),
                "Bytes of working memory for each call that runs at the same time.")));
  }

  /** An app can go on teaching what is told apart by a loss over the labels. */
  private Optional<ProgramForms> training() {
    boolean teachable =
        options.programs().contains(ProgramKind.TRAINING)
            && network
                .loss()
                .filter(loss -> loss.kind() == LossSpec.Kind.CROSS_ENTROPY)
                .filter(loss -> loss.output().equals(network.outputs().get(0)))
                .isPresent();
    return teachable ? Optional.of(forms(ProgramKind.TRAINING)) : Optional.empty();
  }

  private ProgramForms forms(ProgramKind kind) {
    return new ProgramForms(className(kind, Target.PLAIN), className(kind, Target.VECTOR));
  }

  private Optional<String> className(ProgramKind kind, Target target) {
    return options.targets().contains(target)
        ? Optional.of(kind.className(network.name(), target))
        : Optional.empty();
  }

  private static long largest(List<MemoryPlan> predictions, Scope scope) {
    return predictions.stream().mapToLong(memory -> memory.bytes(scope)).max().orElseThrow();
  }

  private List<String> comment(String hash) {
    OutputSpec output = network.outputs().get(0);
    int scores = output.value().shape().elements();
    List<String> comment = new ArrayList<>();
    comment.add("The model " + network.name() + ", ready to answer.");
    comment.add("");
    comment.add(
        "An image "
            + network.input().value().shape()
            + " (channels, height, width) gives "
            + scores
            + " scores"
            + (output.labels().isEmpty() ? "." : ", one for each label."));
    comment.add(
        String.format(Locale.ROOT, "%,d", NetworkSummary.of(network).parameters())
            + " parameters. Model hash "
            + hash.substring(0, Math.min(hash.length(), 16))
            + ".");
    List<String> provenance = Provenance.of(options.weightsMetadata());
    if (!provenance.isEmpty()) {
      comment.add("");
      comment.add("Compiled for these weights:");
      comment.addAll(provenance);
    }
    return comment;
  }

  private String preprocessing() {
    InputSpec input = network.input();
    List<Integer> dims = input.value().shape().dims();
    return "It is resized to "
        + dims.get(2)
        + " x "
        + dims.get(1)
        + " pixels"
        + (dims.get(0) == 1 ? " of grey" : "")
        + ", its proportions are not kept. A pixel from 0 to 255\nthen becomes (pixel * "
        + input.scale()
        + " - mean) / std, mean "
        + numbers(input.mean())
        + ", std "
        + numbers(input.std())
        + ".";
  }

  private static String numbers(List<Float> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** The name of the model's file, without folders. */
  static String fileName(NetworkGraph network) {
    String file = network.source().name();
    return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  }
}
