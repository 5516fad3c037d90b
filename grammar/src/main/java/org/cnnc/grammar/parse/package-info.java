/**
 * From the text to the syntax tree: {@link org.cnnc.grammar.parse.Parser} takes a source file,
 * gives the tree and reports mistakes to the diagnostic log. ANTLR's generated classes live here
 * and are seen nowhere else. Depends on {@code source}, {@code diagnostic} and {@code syntax}.
 */
package org.cnnc.grammar.parse;
