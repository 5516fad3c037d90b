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
        Pipeline {}
