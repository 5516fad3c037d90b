/**
 * Class files from a class plan, with ASM: what javac would make of the emitted source, but lines
 * are lines of {@code model.net}.
 *
 * <p>In: a {@link org.cnnc.compiler.emit.ClassPlan}. Out: the class and its scratch class, Java 17.
 * May depend on {@code emit} and the loop IR; knows nothing of the source emitter, and loads no
 * class that generated code mentions.
 */
package org.cnnc.compiler.emit.bytecode;
