package org.cnnc.grammar.syntax;

/** A statement of a network. */
public sealed interface Statement extends SyntaxNode
    permits InputStatement, Binding, OutputStatement, LossStatement, TrainStatement {
  <R> R accept(Visitor<R> visitor);

  /** One method a kind. */
  interface Visitor<R> {
    R visitInput(InputStatement input);

    R visitBinding(Binding binding);

    R visitOutput(OutputStatement output);

    R visitLoss(LossStatement loss);

    R visitTrain(TrainStatement train);
  }
}
