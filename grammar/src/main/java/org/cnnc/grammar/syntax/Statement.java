package org.cnnc.grammar.syntax;

/** A statement of a network. */
public sealed interface Statement extends SyntaxNode
    permits InputStatement, Binding, OutputStatement, LossStatement, TrainStatement {}
