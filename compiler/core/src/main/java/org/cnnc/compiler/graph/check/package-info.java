/**
 * From the syntax tree to the checked network graph.
 *
 * <p>In comes a {@code NetworkDeclaration}, out goes a {@code NetworkGraph} or diagnostics: names
 * are resolved ({@code Scope}), compile-time numbers computed exactly ({@code Rational}), layer
 * calls matched with the {@link org.cnnc.compiler.graph.check.LayerCatalogue}, shapes inferred.
 * What is wrong becomes {@code Meaning.Unknown}, which never causes a second error. Depends on the
 * grammar module and on {@code graph}; start reading at {@link
 * org.cnnc.compiler.graph.check.GraphBuilder}.
 */
package org.cnnc.compiler.graph.check;
