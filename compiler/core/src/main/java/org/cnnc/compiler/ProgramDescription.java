package org.cnnc.compiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.cnnc.compiler.graph.InputSpec;
import org.cnnc.compiler.graph.LossSpec;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.graph.OptimizerSpec;
import org.cnnc.compiler.graph.OutputSpec;
import org.cnnc.compiler.graph.TrainingSpec;
import org.cnnc.compiler.graph.op.ParameterSpec;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Phase;
import org.cnnc.compiler.lower.LowerStep;
import org.cnnc.compiler.memory.MemoryPlan;
import org.cnnc.compiler.memory.ParameterPlace;
import org.cnnc.compiler.memory.Plane;
import org.cnnc.compiler.schedule.NumericSchedule;
import org.cnnc.compiler.schedule.ScheduledStep;
import org.cnnc.compiler.schedule.StepPhase;
import org.cnnc.compiler.train.StepScalar;
import org.cnnc.compiler.train.Tensor;
import org.cnnc.compiler.train.Tensor.Role;

/** Writes what a program says about itself, in the format of the runtime's {@code ProgramInfo}. */
final class ProgramDescription {
  private final ScheduledStep step;
  private final MemoryPlan memory;
  private final NetworkGraph network;
  private final Map<Buffer, Integer> numbers = new HashMap<>();
  private final Map<String, Tensor> tensors = new HashMap<>();
  private final Map<Integer, String> tensorNames = new HashMap<>();
  private final List<String> lines = new ArrayList<>();

  private ProgramDescription(ScheduledStep step, MemoryPlan memory) {
    this.step = step;
    this.memory = memory;
    this.network = step.graph().network();
    memory.buffers().forEach(buffer -> numbers.put(buffer, numbers.size()));
    step.graph().tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
    network.values().forEach(value -> tensorNames.put(value.id(), value.name()));
    network.nodes().forEach(node -> tensorNames.put(node.output().id(), node.name()));
  }

  static String of(
      ScheduledStep step, MemoryPlan memory, LoopProgram program, String hash, String version) {
    return new ProgramDescription(step, memory).write(program, hash, version);
  }

  private String write(LoopProgram program, String hash, String version) {
    boolean training = step.graph().training();
    lines.add("cnnc " + quote(version));
    lines.add(
        "model "
            + quote(network.name())
            + " hash "
            + quote(hash)
            + " kind "
            + (training ? "training" : "prediction"));
    addInput();
    for (Buffer buffer : program.buffers()) {
      String scope =
          switch (buffer.scope()) {
            case MODEL -> "model";
            case SHARED -> "shared";
            case WORKER -> "worker";
          };
      lines.add(words("buffer", scope, quote(buffer.name()), buffer.rows(), buffer.length()));
    }
    addParameters();
    addValues();
    addOutputs();
    if (training) {
      addTraining();
    }
    Set<String> updating = phases(ProgramDescription::updates);
    Set<String> small = phases(step::staysOnOneThread);
    if (step.preparesOnOneThread()) {
      small.add(LowerStep.PREPARE);
    }
    for (Phase phase : program.phases()) {
      String line = words("phase", quote(phase.name()), phase.tasks());
      line = updating.contains(phase.name()) ? line + " updates" : line;
      boolean oneThread = phase.tasks() > 1 && small.contains(phase.name());
      lines.add(oneThread ? line + " small" : line);
    }
    return String.join("\n", lines) + "\n";
  }

  private Set<String> phases(Predicate<StepPhase> kind) {
    return step.phases().stream()
        .filter(kind)
        .map(StepPhase::name)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static boolean updates(StepPhase phase) {
    return phase.operations().stream().anyMatch(operation -> operation.computation().updates());
  }

  private void addInput() {
    InputSpec input = network.input();
    lines.add(
        words(
            "input",
            quote(input.value().name()),
            dims(input.value().shape().dims()),
            "scale",
            input.scale(),
            "mean",
            floats(input.mean()),
            "std",
            floats(input.std())));
    Tensor image = step.graph().image();
    Plane plane = memory.plane(image);
    String line =
        words(
            "images",
            quote(image.name()),
            "buffer",
            number(plane.buffer()),
            "pitch",
            plane.pitch());
    boolean groups = plane.images() == Plane.Images.GROUP;
    lines.add(groups ? words(line, "group", step.mostImages()) : line);
  }

  private void addParameters() {
    for (Node node : network.nodes()) {
      for (ParameterSpec spec : node.operator().parameters(node.input().shape())) {
        Tensor parameter = tensors.get(node.name() + "." + spec.name());
        if (parameter != null) { // layers that the results do not need have none
          addParameter(parameter, spec);
        }
      }
    }
    Set<Tensor> results = new HashSet<>(step.graph().results());
    for (Tensor tensor : step.graph().tensors()) {
      if (tensor.role() == Role.STATE) {
        lines.add(words("state", quote(tensor.name()), "buffer", number(place(tensor).buffer())));
      } else if (tensor.role() == Role.PARAMETER_GRADIENT && results.contains(tensor)) {
        Tensor parameter = step.graph().tensors().get(tensor.subject());
        lines.add(
            words("gradient", quote(parameter.name()), "buffer", number(place(tensor).buffer())));
      }
    }
  }

  private void addParameter(Tensor parameter, ParameterSpec spec) {
    ParameterPlace place = place(parameter);
    lines.add(
        words(
            "parameter",
            quote(parameter.name()),
            "dims",
            dims(spec.dims()),
            "buffer",
            number(place.buffer()),
            "strides",
            dims(place.strides()),
            "fan_in",
            spec.fanIn()));
  }

  /** The values that can be read after a step, under each of their names. */
  private void addValues() {
    for (Tensor result : readable()) {
      Plane plane = memory.plane(result);
      for (String name : namesOf(result)) {
        TensorShape shape = plane.shape();
        lines.add(
            words(
                "value",
                quote(name),
                "dims",
                dims(shape.dims()),
                "buffer",
                number(plane.buffer()),
                "pitch",
                plane.pitch()));
      }
    }
  }

  /** Results; when training, also what is there for every image after a step. */
  private List<Tensor> readable() {
    return step.graph().tensors().stream()
        .filter(tensor -> memory.plane(tensor) != null && tensor.role() != Role.TARGET)
        .filter(
            tensor -> memory.plane(tensor).everyImage() || step.graph().results().contains(tensor))
        .toList();
  }

  private List<String> namesOf(Tensor result) {
    if (result.role() != Role.VALUE) {
      return List.of(result.name());
    }
    List<String> names =
        network.names().entrySet().stream()
            .filter(entry -> tensorName(entry.getValue()).equals(result.name()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(ArrayList::new));
    if (!names.contains(result.name())) {
      names.add(result.name());
    }
    return names;
  }

  /** A value's tensor has the name of the layer that gives it. */
  private String tensorName(int valueId) {
    return tensorNames.get(valueId);
  }

  private void addOutputs() {
    for (OutputSpec output : network.outputs()) {
      Optional<String> value = readableName(output);
      if (value.isEmpty()) {
        continue;
      }
      String labels =
          output.labels().stream().map(label -> " " + quote(label)).collect(Collectors.joining());
      lines.add(
          words("output", quote(output.name()), "value", quote(value.get()), "labels") + labels);
    }
  }

  /** The output's value; when training, the logits that its loss is computed from stand for it. */
  private Optional<String> readableName(OutputSpec output) {
    boolean training = step.graph().training();
    LossSpec loss = network.loss().orElse(null);
    if (!training) {
      return Optional.of(output.name());
    }
    return loss != null && loss.output().equals(output)
        ? Optional.of(tensorName(loss.value().id()))
        : Optional.empty();
  }

  private void addTraining() {
    LossSpec loss = network.loss().orElseThrow();
    for (Tensor tensor : step.graph().withRole(Role.LOSS)) {
      Tensor target = step.graph().withRole(Role.TARGET).get(0);
      Buffer targets =
          target.dims().isEmpty()
              ? memory.perImage().get(target.id())
              : memory.plane(target).buffer();
      String kind =
          switch (loss.kind()) {
            case CROSS_ENTROPY -> "cross_entropy";
            case INNER_PRODUCT -> "inner_product";
          };
      lines.add(
          words(
              "loss",
              quote(kind),
              "of",
              quote(loss.output().name()),
              "targets",
              number(targets),
              "losses",
              number(memory.perImage().get(tensor.id()))));
    }
    List<Object> scalars = new ArrayList<>(List.of("scalars", number(memory.stepScalars().get(0))));
    for (StepScalar scalar : StepScalar.usedBy(network.training().optimizer())) {
      scalars.add(scalar.text());
    }
    lines.add(words(scalars.toArray()));
    TrainingSpec training = network.training();
    lines.add(
        words(
            "train",
            "optimizer",
            quote(optimizerName(training.optimizer())),
            "batch",
            training.batch(),
            "epochs",
            training.epochs(),
            "seed",
            training.seed(),
            "rules",
            quote(NumericSchedule.TRAINING_VERSION),
            "settings",
            settings(training.optimizer())));
  }

  private static String optimizerName(OptimizerSpec optimizer) {
    return optimizer instanceof OptimizerSpec.Adam ? "adam" : "sgd";
  }

  private static String settings(OptimizerSpec optimizer) {
    if (optimizer instanceof OptimizerSpec.Adam adam) {
      return words(
          "rate",
          adam.rate(),
          "beta1",
          adam.beta1(),
          "beta2",
          adam.beta2(),
          "epsilon",
          adam.epsilon(),
          "weight_decay",
          adam.weightDecay());
    }
    OptimizerSpec.Sgd sgd = (OptimizerSpec.Sgd) optimizer;
    return words(
        "rate",
        sgd.rate(),
        "momentum",
        sgd.momentum(),
        "nesterov",
        sgd.nesterov() ? 1f : 0f,
        "weight_decay",
        sgd.weightDecay());
  }

  private ParameterPlace place(Tensor tensor) {
    return memory.parameter(tensor);
  }

  private int number(Buffer buffer) {
    return numbers.get(buffer);
  }

  private static String dims(List<Integer> dims) {
    return dims.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static String floats(List<Float> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static String words(Object... words) {
    return java.util.Arrays.stream(words).map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static String quote(String text) {
    String oneLine =
        text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r");
    return '"' + oneLine + '"';
  }
}
