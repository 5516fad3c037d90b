package org.cnnc.compiler.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.cnnc.compiler.graph.InputSpec;
import org.cnnc.compiler.graph.LossSpec;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Node;
import org.cnnc.compiler.graph.OptimizerSpec;
import org.cnnc.compiler.graph.OutputSpec;
import org.cnnc.compiler.graph.TrainingSpec;
import org.cnnc.compiler.graph.Value;
import org.cnnc.compiler.graph.op.Operator;
import org.cnnc.compiler.graph.op.Operator.Flatten;
import org.cnnc.compiler.graph.shape.TensorShape;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.grammar.source.Span;

/** Builds networks without a text: a chain of operators with a loss at its end. */
public final class Networks {
  private static final SourceFile SOURCE = new SourceFile("test.net", "test\n");
  private static final Span SPAN = new Span(SOURCE, 0, 4);

  private Networks() {}

  /** A chain whose last value meets a given tensor; the gradient of that value is the tensor. */
  public static NetworkGraph innerProduct(TensorShape input, int batch, Operator... operators) {
    return chain(input, batch, LossSpec.Kind.INNER_PRODUCT, List.of(operators));
  }

  /** A chain whose last operator is a softmax, judged by cross-entropy. */
  public static NetworkGraph crossEntropy(TensorShape input, int batch, Operator... operators) {
    return chain(input, batch, LossSpec.Kind.CROSS_ENTROPY, List.of(operators));
  }

  private static NetworkGraph chain(
      TensorShape input, int batch, LossSpec.Kind kind, List<Operator> operators) {
    List<Value> values = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    TensorShape image = input.isVector() ? TensorShape.image(input.channels(), 1, 1) : input;
    values.add(new Value(0, "image", image));
    List<Operator> all = new ArrayList<>(operators);
    if (input.isVector()) {
      all.add(0, new Flatten());
    }
    for (Operator operator : all) {
      Value last = values.get(values.size() - 1);
      String name = "layer" + values.size();
      Value output = new Value(values.size(), name, operator.outputShape(last.shape()));
      nodes.add(new Node(name, operator, List.of(last), output, SPAN));
      values.add(output);
    }
    Value last = values.get(values.size() - 1);
    OutputSpec output = new OutputSpec("result", last, List.of());
    Value judged = kind == LossSpec.Kind.CROSS_ENTROPY ? values.get(values.size() - 2) : last;
    return new NetworkGraph(
        "Chain",
        new InputSpec(
            values.get(0),
            1f,
            Collections.nCopies(image.channels(), 0f),
            Collections.nCopies(image.channels(), 1f)),
        values,
        nodes,
        List.of(output),
        Optional.of(new LossSpec(kind, output, judged, SPAN)),
        new TrainingSpec(new OptimizerSpec.Sgd(0f, 0f, false, 0f), batch, 1, 1),
        SOURCE);
  }
}
