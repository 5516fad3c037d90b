/**
 * Source texts and places in them. A file comes in, lines and columns go out; offsets become lines
 * and columns in {@link org.cnnc.grammar.source.LineMap} alone. Depends on nothing.
 */
package org.cnnc.grammar.source;
