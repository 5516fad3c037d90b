/**
 * The one layout of a file. The text of a right file comes in, the same words, marks and comments
 * with other white space go out: {@link org.cnnc.grammar.format.Formatter}. Depends on {@code
 * parse}, {@code syntax} and {@code source}.
 */
package org.cnnc.grammar.format;
