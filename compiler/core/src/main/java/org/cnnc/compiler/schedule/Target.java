package org.cnnc.compiler.schedule;

/** The form of the code. */
public enum Target {
  /** Loops that HotSpot vectorises by itself; any VM from Java 17 on. */
  PLAIN,
  /** The Vector API; needs the module jdk.incubator.vector. */
  VECTOR
}
