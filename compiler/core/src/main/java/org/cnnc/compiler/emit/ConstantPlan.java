package org.cnnc.compiler.emit;

/** {@code public static final long name = value;} with a one-line comment. */
public record ConstantPlan(String name, long value, String comment) {}
