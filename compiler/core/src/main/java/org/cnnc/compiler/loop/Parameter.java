package org.cnnc.compiler.loop;

/** A parameter of a {@link LoopFunction}. */
public sealed interface Parameter {
  String name();

  /** An array of at least {@code length} floats. */
  record Array(String name, int length) implements Parameter {
    public ArrayVar variable() {
      return new ArrayVar(name, length);
    }
  }

  /** One float. */
  record Scalar(String name) implements Parameter {
    public Var variable() {
      return new Var(name, ValueType.SCALAR);
    }
  }

  /** An int within the range of its variable. */
  @SuppressWarnings("JavaLangClash")
  record Integer(IndexVar variable) implements Parameter {
    @Override
    public String name() {
      return variable.name();
    }
  }
}
