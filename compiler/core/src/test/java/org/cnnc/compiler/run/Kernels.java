package org.cnnc.compiler.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The methods of a generated class that do its work: those with a loop that a step comes to. */
final class Kernels {
  private final Map<String, MethodNode> methods = new HashMap<>();
  private final String owner;

  private Kernels(ClassNode type) {
    this.owner = type.name;
    type.methods.forEach(method -> methods.put(method.name + method.desc, method));
  }

  /** Names with descriptors. */
  static Set<String> of(byte[] classFile) {
    ClassNode type = new ClassNode();
    new ClassReader(classFile).accept(type, ClassReader.SKIP_FRAMES);
    return new Kernels(type).reachable();
  }

  private Set<String> reachable() {
    Set<String> seen = new HashSet<>();
    Set<String> loops = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>();
    methods.keySet().stream().filter(name -> name.startsWith("run(")).forEach(open::add);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (seen.add(name)) {
        MethodNode method = methods.get(name);
        if (hasLoop(method)) {
          loops.add(name);
        }
        open.addAll(calls(method));
      }
    }
    return loops;
  }

  private Set<String> calls(MethodNode method) {
    Set<String> calls = new HashSet<>();
    for (AbstractInsnNode node : method.instructions) {
      if (node instanceof MethodInsnNode call && call.owner.equals(owner)) {
        calls.add(call.name + call.desc);
      }
    }
    return calls;
  }

  private static boolean hasLoop(MethodNode method) {
    for (AbstractInsnNode node : method.instructions) {
      if (node instanceof JumpInsnNode jump
          && method.instructions.indexOf(jump.label) < method.instructions.indexOf(jump)) {
        return true;
      }
    }
    return false;
  }
}
