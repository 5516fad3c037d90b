package org.cnnc.compiler.run;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordingStream;

/** What the JIT compilers of this virtual machine do with the methods of some classes. */
final class CompilationWatch implements AutoCloseable {
  private static final int C2 = 4;

  /** A class, or this very watch, came in between; HotSpot compiles once more. */
  private static final Set<String> TRIED_AGAIN =
      Set.of("concurrent class loading", "Jvmti state change invalidated dependencies");

  /** No single compilation takes so long, not even of the largest method on a busy machine. */
  private static final long REST_NANOSECONDS = 60_000_000_000L;

  private final RecordingStream events = new RecordingStream();
  private final Set<String> classNames;

  /** With the names of their classes, like all methods here. */
  private final Set<String> compiled = ConcurrentHashMap.newKeySet();

  private final Set<Integer> byC2 = ConcurrentHashMap.newKeySet();
  private final Map<Integer, Set<String>> inlined = new ConcurrentHashMap<>();
  private final Map<Integer, String> reasons = new HashMap<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile long lastCompilation = System.nanoTime();

  CompilationWatch(Set<String> classNames) {
    this.classNames = Set.copyOf(classNames);
    events.enable("jdk.Compilation").withoutThreshold();
    events.onEvent("jdk.Compilation", this::compilation);
    events.enable("jdk.CompilationFailure");
    events.onEvent("jdk.CompilationFailure", this::failure);
    events.enable("jdk.CompilerInlining");
    events.onEvent("jdk.CompilerInlining", this::inlining);
    events.startAsync();
  }

  private void compilation(RecordedEvent event) {
    RecordedMethod method = event.getValue("method");
    String className = method.getType().getName();
    int level = event.getShort("compileLevel");
    boolean succeeded = event.getBoolean("succeded"); // JFR spells it so
    boolean isByC2 = succeeded && level == C2 && !event.getBoolean("isOsr");
    if (isByC2) {
      byC2.add(event.getInt("compileId")); // of another class, too: kernels may be part of it
    }
    if (!classNames.contains(className)) {
      return;
    }
    lastCompilation = System.nanoTime();
    String name = nameOf(className, method.getName() + method.getDescriptor());
    String reason = reasons.getOrDefault(event.getInt("compileId"), "unknown");
    if (!succeeded) {
      if (!TRIED_AGAIN.contains(reason)) {
        failures.add(name + " at level " + level + ": " + reason);
      }
    } else if (isByC2) {
      compiled.add(name);
    }
  }

  /** Comes before the compilation that it ends. */
  private void failure(RecordedEvent event) {
    reasons.put(event.getInt("compileId"), event.getString("failureMessage"));
  }

  /** May come before or after the compilation that it is part of: threads deliver on their own. */
  private void inlining(RecordedEvent event) {
    RecordedObject callee = event.getValue("callee");
    String className = callee.getString("type").replace('/', '.');
    if (event.getBoolean("succeeded") && classNames.contains(className)) {
      inlined
          .computeIfAbsent(event.getInt("compileId"), id -> ConcurrentHashMap.newKeySet())
          .add(nameOf(className, callee.getString("name") + callee.getString("descriptor")));
    }
  }

  private static String nameOf(String className, String method) {
    return className + "." + method;
  }

  /**
   * Whether nothing of these classes was compiled for so long that nothing will be, while they run:
   * what is missing then is missing, or its event got lost.
   */
  boolean isAtRest() {
    return System.nanoTime() - lastCompilation > REST_NANOSECONDS;
  }

  /**
   * Those of a class that C2 has not yet compiled, neither by themselves nor as part of a caller,
   * of whatever class that is. Code that was made for a loop that was running already (OSR) does
   * not count: the next call does not use it.
   */
  Set<String> missing(String className, Collection<String> methods) {
    Set<String> done = new HashSet<>(compiled);
    byC2.forEach(id -> done.addAll(inlined.getOrDefault(id, Set.of())));
    Set<String> missing = new TreeSet<>(methods);
    missing.removeIf(method -> done.contains(nameOf(className, method)));
    return missing;
  }

  /** Compilations that came to nothing. */
  Collection<String> failures() {
    return failures;
  }

  @Override
  public void close() {
    events.close();
  }
}
