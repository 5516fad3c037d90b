/**
 * Java source from a class plan, written to be read.
 *
 * <p>In: a {@link org.cnnc.compiler.emit.ClassPlan}. Out: one {@code .java} file; JavaPoet does
 * declarations and imports, {@code JavaText} the bodies. Also the class that an app names, which
 * has no loops. May depend on {@code emit} and the loop IR; knows nothing of the bytecode emitter.
 */
package org.cnnc.compiler.emit.source;
