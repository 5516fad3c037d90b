package org.cnnc.compiler.graph.check;

import java.util.LinkedHashMap;
import java.util.Map;
import org.cnnc.grammar.source.Span;
import org.cnnc.grammar.syntax.Binding;
import org.cnnc.grammar.syntax.Expression;
import org.cnnc.grammar.syntax.InputStatement;
import org.cnnc.grammar.syntax.ListExpression;
import org.cnnc.grammar.syntax.LossStatement;
import org.cnnc.grammar.syntax.Name;
import org.cnnc.grammar.syntax.NetworkDeclaration;
import org.cnnc.grammar.syntax.OutputStatement;
import org.cnnc.grammar.syntax.Pipeline;
import org.cnnc.grammar.syntax.Statement;
import org.cnnc.grammar.syntax.TrainStatement;

/** Finds all names that a text defines, to tell "unknown" from "not known yet". */
final class DefinedNames implements Statement.Visitor<Void> {
  private final Map<String, Span> names = new LinkedHashMap<>();

  private DefinedNames() {}

  /** The names with the places of their first definitions. */
  static Map<String, Span> of(NetworkDeclaration network) {
    DefinedNames collector = new DefinedNames();
    network.statements().forEach(statement -> statement.accept(collector));
    return collector.names;
  }

  @Override
  public Void visitInput(InputStatement input) {
    add(input.name());
    return null;
  }

  @Override
  public Void visitBinding(Binding binding) {
    binding.targets().forEach(this::add);
    addLayerNames(binding.value());
    return null;
  }

  @Override
  public Void visitOutput(OutputStatement output) {
    add(output.name());
    addLayerNames(output.value());
    return null;
  }

  @Override
  public Void visitLoss(LossStatement loss) {
    return null;
  }

  @Override
  public Void visitTrain(TrainStatement train) {
    return null;
  }

  private void add(Name name) {
    if (!Scope.WORDS.contains(name.text())) { // which keep their meaning, whatever is tried
      names.putIfAbsent(name.text(), name.span());
    }
  }

  private void addLayerNames(Expression expression) {
    if (expression instanceof Pipeline pipeline) {
      addLayerNames(pipeline.source());
      pipeline.stages().forEach(stage -> stage.alias().ifPresent(this::add));
    } else if (expression instanceof ListExpression list) {
      list.elements().forEach(this::addLayerNames);
    }
  }
}
