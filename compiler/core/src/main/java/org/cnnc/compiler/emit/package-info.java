/**
 * The class plan, and what both emitters share.
 *
 * <p>In: a verified {@link org.cnnc.compiler.loop.LoopProgram}, from which {@link
 * org.cnnc.compiler.emit.ClassPlanner} makes a {@link org.cnnc.compiler.emit.ClassPlan}. Out:
 * {@link org.cnnc.compiler.emit.GeneratedFile}s. May depend on the loop IR only: no emitter knows a
 * layer.
 */
package org.cnnc.compiler.emit;
