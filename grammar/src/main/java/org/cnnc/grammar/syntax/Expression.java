package org.cnnc.grammar.syntax;

/**
 * An expression: a number, a text, a value of the network, a list of such, or what a pipeline makes
 * of it.
 */
public sealed interface Expression extends SyntaxNode
    permits NumberLiteral,
        StringLiteral,
        NameReference,
        ListExpression,
        UnaryExpression,
        BinaryExpression,
        Call,
        Pipeline {
  <R> R accept(Visitor<R> visitor);

  /** One method a kind. */
  interface Visitor<R> {
    R visitNumber(NumberLiteral literal);

    R visitText(StringLiteral literal);

    R visitName(NameReference reference);

    R visitList(ListExpression list);

    R visitUnary(UnaryExpression expression);

    R visitBinary(BinaryExpression expression);

    R visitCall(Call call);

    R visitPipeline(Pipeline pipeline);
  }
}
