/**
 * The syntax tree: what the user wrote, every node with its span. Only syntax is known to be right;
 * names, types and shapes are not.
 *
 * <p>Made by {@code parse}, read by the compiler; {@link org.cnnc.grammar.syntax.SyntaxPrinter}
 * makes text of it again. Depends on {@code source} alone.
 */
package org.cnnc.grammar.syntax;
