package org.cnnc.compiler;

import java.util.List;
import java.util.stream.Collectors;
import org.cnnc.compiler.emit.ClassHeader;
import org.cnnc.compiler.emit.ConstantPlan;
import org.cnnc.compiler.emit.source.FacadePlan;
import org.cnnc.compiler.graph.InputSpec;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.OutputSpec;
import org.cnnc.compiler.loop.Buffer.Scope;
import org.cnnc.compiler.memory.MemoryPlan;

/** Plans the class that an app names. */
final class Facades {
  private Facades() {}

  static FacadePlan plan(NetworkGraph network, MemoryPlan prediction, String packageName) {
    OutputSpec output = network.outputs().get(0);
    ClassHeader header =
        new ClassHeader(
            packageName,
            network.name(),
            fileName(network),
            CompilerVersion.GENERATOR,
            List.of("The model " + network.name() + ", ready to answer."));
    return new FacadePlan(
        header,
        network.name() + ProgramKind.PREDICTION.classSuffix(),
        network.input().value().shape().dims(),
        preprocessing(network.input()),
        output.value().shape().elements(),
        output.labels(),
        List.of(
            new ConstantPlan(
                "MODEL_BYTES",
                prediction.bytes(Scope.MODEL),
                "Bytes of the weights, shared by all threads."),
            new ConstantPlan(
                "SCRATCH_BYTES",
                prediction.bytes(Scope.WORKER),
                "Bytes of working memory for each call that runs at the same time.")));
  }

  private static String preprocessing(InputSpec input) {
    return "(pixel * "
        + input.scale()
        + " - mean) / std, mean "
        + numbers(input.mean())
        + ", std "
        + numbers(input.std());
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
