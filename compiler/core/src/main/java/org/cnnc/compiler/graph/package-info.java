/**
 * The network graph: operators as records, values with shapes, every name resolved.
 *
 * <p>In comes a syntax tree, through {@link org.cnnc.compiler.graph.check.GraphBuilder}; out goes a
 * {@link org.cnnc.compiler.graph.NetworkGraph}, of which differentiation, schedules and lowering
 * are made. {@link org.cnnc.compiler.graph.GraphVerifier} says what holds at this level. Depends on
 * the grammar module only.
 */
package org.cnnc.compiler.graph;
