package org.cnnc.compiler.cost;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.commons.CodeSizeEvaluator;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Tells which layers a class file's bytes are there for. */
final class ClassBytes {
  /** What no layer alone is there for: kernels that several share, names, the description. */
  static final String SHARED = "(shared)";

  private ClassBytes() {}

  /** The bytes of each layer's methods, and the rest under {@link #SHARED}. */
  static Map<String, Long> byLayer(byte[] classFile, Collection<String> layers) {
    Map<String, Long> sums = new LinkedHashMap<>();
    ClassNode node = new ClassNode();
    new ClassReader(classFile).accept(node, 0);
    long ofLayers = 0;
    for (MethodNode method : node.methods) {
      Optional<String> layer = layerOf(method.name, layers);
      if (layer.isPresent()) {
        long size = size(method);
        sums.merge(layer.get(), size, Long::sum);
        ofLayers += size;
      }
    }
    sums.put(SHARED, classFile.length - ofLayers);
    return sums;
  }

  /**
   * Methods are named after the operation that they compute, and this after its layer: {@code
   * conv1DInput}. Of two layers, {@code conv1} and {@code conv12}, the longer name wins.
   */
  private static Optional<String> layerOf(String method, Collection<String> layers) {
    return layers.stream()
        .filter(layer -> letters(method).startsWith(letters(layer)))
        .max(Comparator.comparingInt(String::length));
  }

  private static String letters(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** Bytes of the method's code. */
  private static long size(MethodNode method) {
    CodeSizeEvaluator evaluator = new CodeSizeEvaluator(null);
    method.accept(evaluator);
    return evaluator.getMaxSize();
  }
}
