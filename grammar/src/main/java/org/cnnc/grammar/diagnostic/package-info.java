/**
 * The user's mistakes as data ({@link org.cnnc.grammar.diagnostic.Diagnostic}), the log that
 * collects them, and the renderers that make text, single lines for build tools, or JSON of them.
 * Every phase of the compiler reports here. Depends on {@code source} alone.
 */
package org.cnnc.grammar.diagnostic;
