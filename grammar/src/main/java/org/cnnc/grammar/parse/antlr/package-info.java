/**
 * What ANTLR generates from {@code Cnnc.g4}: lexer, parser and parse tree; nothing is written by
 * hand. A package of its own, because generated code cannot live beside a class named {@code
 * Parser}. Used by {@code parse} alone.
 */
package org.cnnc.grammar.parse.antlr;
