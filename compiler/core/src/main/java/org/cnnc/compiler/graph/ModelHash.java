package org.cnnc.compiler.graph;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.cnnc.compiler.graph.op.FloatText;
import org.cnnc.compiler.graph.op.ParameterSpec;
import org.cnnc.compiler.internal.InternalCompilerError;

/**
 * The hash of a model: two models have the same one if and only if the same weights give the same
 * bits. In it are preprocessing, operators, wiring, shapes, the names of parameters and the numeric
 * schedule; not in it are labels, the names of values and outputs, the training section, comments.
 *
 * <p>Changing the text that is hashed makes all weights saved before foreign.
 */
public final class ModelHash {
  private ModelHash() {}

  /**
   * SHA-256, as 64 hexadecimal digits.
   *
   * @param numericSchedule version of the rules that order the sums
   */
  public static String of(NetworkGraph graph, String numericSchedule) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] text = text(graph, numericSchedule).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(digest.digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new InternalCompilerError("every Java platform has SHA-256", e);
    }
  }

  /** What is hashed: a line for the schedule, the input, each layer and each of its parameters. */
  static String text(NetworkGraph graph, String numericSchedule) {
    StringBuilder text = new StringBuilder();
    text.append("schedule ").append(numericSchedule).append('\n');
    InputSpec input = graph.input();
    text.append("input ").append(input.value().shape());
    text.append(" scale ").append(FloatText.of(input.scale()));
    text.append(" mean ")
        .append(GraphPrinter.numbers(input.mean()))
        .append(" std ")
        .append(GraphPrinter.numbers(input.std()))
        .append('\n');
    graph.nodes().forEach(node -> appendNode(text, node));
    return text.toString();
  }

  private static void appendNode(StringBuilder text, Node node) {
    String inputs =
        node.inputs().stream().map(value -> "%" + value.id()).collect(Collectors.joining(" "));
    text.append('%').append(node.output().id()).append(' ').append(node.operator().text());
    text.append(' ').append(inputs).append(' ').append(node.output().shape()).append('\n');
    for (ParameterSpec parameter : node.operator().parameters(node.input().shape())) {
      text.append("  ").append(node.name()).append('.').append(parameter.name());
      text.append(' ').append(parameter.dims()).append('\n');
    }
  }
}
