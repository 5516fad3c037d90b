package org.cnnc.compiler.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Measures the bytecode of each method of a class file. */
public final class MethodSizes extends ClassReader {
  /** A method ends with {@code return}, {@code athrow} or, at the longest, {@code goto_w}. */
  private static final int LONGEST_LAST_INSTRUCTION = 5;

  private final Map<String, Integer> sizes = new LinkedHashMap<>();
  private String method;

  private MethodSizes(byte[] file) {
    super(file);
  }

  /** Bytes of code by name and descriptor, at most four more than there are. */
  public static Map<String, Integer> of(byte[] file) {
    MethodSizes reader = new MethodSizes(file);
    reader.accept(reader.new Methods(), 0);
    return reader.sizes;
  }

  @Override
  protected void readBytecodeInstructionOffset(int offset) {
    sizes.merge(method, offset + LONGEST_LAST_INSTRUCTION, Math::max);
  }

  private final class Methods extends ClassVisitor {
    Methods() {
      super(Opcodes.ASM9);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      method = name + descriptor;
      return new MethodVisitor(Opcodes.ASM9) {};
    }
  }
}
