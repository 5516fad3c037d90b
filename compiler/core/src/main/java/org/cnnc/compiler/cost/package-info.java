/**
 * What a compiled model costs in memory and in class files, by layer, and whether that is within a
 * budget.
 *
 * <p>In: the programs of a {@link org.cnnc.compiler.CompilationResult}. Out: {@link
 * org.cnnc.compiler.cost.Cost}s, {@link org.cnnc.compiler.cost.Excess}es over a {@link
 * org.cnnc.compiler.cost.Budget}, a drawing of an arena. Stands above all other packages of the
 * compiler; command and build plugin share it.
 */
package org.cnnc.compiler.cost;
