/** The language: syntax tree, source spans, diagnostics. */
package org.cnnc.grammar;
