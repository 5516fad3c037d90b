package org.cnnc.compiler.emit.bytecode;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.cnnc.compiler.emit.AllocationPlan;
import org.cnnc.compiler.emit.ClassPlan;
import org.cnnc.compiler.emit.ConstantPlan;
import org.cnnc.compiler.emit.ConstantText;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.emit.MethodPlan;
import org.cnnc.compiler.emit.RowsPlan;
import org.cnnc.compiler.emit.RuntimeSymbols;
import org.cnnc.compiler.internal.InternalCompilerError;
import org.cnnc.compiler.loop.Buffer;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.InstructionAdapter;

/** Writes a class plan as class files. The same plan gives the same bytes. */
public final class BytecodeEmitter {
  private static final int INSTANCE_ACCESS = Opcodes.ACC_PUBLIC;
  private static final int NESTED_ACCESS = Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
  private static final int NESTED_INTERFACE_ACCESS =
      Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT;
  private static final String ROWS_DESCRIPTOR = "(I)[[F";

  /** What class files need when nobody says otherwise. */
  private static final int DEFAULT_RELEASE = 17;

  /** Class files of Java 1.0 have version 44. */
  private static final int VERSION_BEFORE_JAVA = 44;

  private final ClassPlan plan;
  private final int release;
  private final String className;
  private final String scratchName;

  private BytecodeEmitter(ClassPlan plan, int release) {
    this.plan = plan;
    this.release = release;
    this.className = plan.header().internalName();
    this.scratchName = className + "$" + ClassPlan.SCRATCH_CLASS;
  }

  /** The class files, for Java 17 and newer. */
  public static List<GeneratedFile> emit(ClassPlan plan) {
    return emit(plan, DEFAULT_RELEASE);
  }

  /**
   * The class file of the class, and that of its scratch.
   *
   * @param release the oldest version of Java that runs them, 11 or newer
   * @throws InternalCompilerError when a method is too large for a class file
   */
  public static List<GeneratedFile> emit(ClassPlan plan, int release) {
    BytecodeEmitter emitter = new BytecodeEmitter(plan, release);
    try {
      return List.of(emitter.programClass(), emitter.scratchClass());
    } catch (MethodTooLargeException e) {
      throw new InternalCompilerError("method " + e.getMethodName() + " was not split", e);
    }
  }

  /** Computes stack maps without loading a class that generated code mentions. */
  private static final class FrameWriter extends ClassWriter {
    FrameWriter() {
      super(COMPUTE_FRAMES);
    }

    /** Only variables out of scope merge different classes, and nobody reads those. */
    @Override
    protected String getCommonSuperClass(String type1, String type2) {
      return Symbols.OBJECT;
    }
  }

  private GeneratedFile programClass() {
    FrameWriter type = new FrameWriter();
    begin(type, Opcodes.ACC_PUBLIC, className, Symbols.PROGRAM);
    type.visitNestMember(scratchName);
    visitInnerClasses(type);
    plan.constants().forEach(constant -> constant(type, constant));
    if (plan.usesVectors()) {
      species(type);
    }
    fields(type, plan.programAllocations(), Opcodes.ACC_PRIVATE);
    allocations(type, Opcodes.ACC_PUBLIC, className, plan.programAllocations());
    description(type);
    plan.programRows().forEach(rows -> rows(type, className, "the program", rows));
    newScratch(type);
    run(type);
    for (MethodPlan method : plan.methods()) {
      MethodWriter.write(plan, method, type);
    }
    type.visitEnd();
    return new GeneratedFile(className + ".class", type.toByteArray());
  }

  private GeneratedFile scratchClass() {
    FrameWriter type = new FrameWriter();
    begin(type, 0, scratchName, Symbols.PROGRAM_SCRATCH);
    type.visitNestHost(className);
    visitInnerClasses(type);
    fields(type, plan.scratchAllocations(), 0);
    allocations(type, 0, scratchName, plan.scratchAllocations());
    plan.scratchRows().forEach(rows -> rows(type, scratchName, "the scratch", rows));
    type.visitEnd();
    return new GeneratedFile(scratchName + ".class", type.toByteArray());
  }

  private void begin(ClassVisitor type, int access, String name, String superInterface) {
    type.visit(
        VERSION_BEFORE_JAVA + release,
        access | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
        name,
        null,
        Symbols.OBJECT,
        new String[] {superInterface});
    type.visitSource(plan.header().sourceFile(), null);
  }

  private void visitInnerClasses(ClassVisitor type) {
    type.visitInnerClass(scratchName, className, ClassPlan.SCRATCH_CLASS, NESTED_ACCESS);
    type.visitInnerClass(
        Symbols.PROGRAM_SCRATCH, Symbols.PROGRAM, RuntimeSymbols.SCRATCH, NESTED_INTERFACE_ACCESS);
  }

  private static void constant(ClassVisitor type, ConstantPlan constant) {
    int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
    type.visitField(access, constant.name(), "J", null, constant.value()).visitEnd();
  }

  private void species(ClassVisitor type) {
    int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
    String descriptor = Symbols.SPECIES.getDescriptor();
    String signature = "L" + Symbols.VECTOR_SPECIES + "<Ljava/lang/Float;>;";
    type.visitField(access, ClassPlan.SPECIES_FIELD, descriptor, signature, null).visitEnd();
    InstructionAdapter code = method(type, Opcodes.ACC_STATIC, "<clinit>", "()V");
    code.getstatic(Symbols.FLOAT_VECTOR, "SPECIES_PREFERRED", descriptor);
    code.putstatic(className, ClassPlan.SPECIES_FIELD, descriptor);
    end(code, Type.VOID_TYPE);
  }

  private static void fields(ClassVisitor type, List<AllocationPlan> allocations, int access) {
    for (AllocationPlan allocation : allocations) {
      int fieldAccess = allocation.isFinal() ? access | Opcodes.ACC_FINAL : access;
      for (Buffer buffer : allocation.buffers()) {
        String descriptor = Symbols.of(buffer).getDescriptor();
        type.visitField(fieldAccess, buffer.name(), descriptor, null, null).visitEnd();
      }
    }
  }

  private static InstructionAdapter method(
      ClassVisitor type, int access, String name, String descriptor) {
    InstructionAdapter code =
        new InstructionAdapter(type.visitMethod(access, name, descriptor, null, null));
    code.visitCode();
    return code;
  }

  private static void end(InstructionAdapter code, Type result) {
    code.areturn(result);
    finish(code);
  }

  private static void finish(InstructionAdapter code) {
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  /** The constructor, and the methods that it has for buffers beyond its own. */
  private static void allocations(
      ClassVisitor type, int access, String name, List<AllocationPlan> allocations) {
    InstructionAdapter constructor = method(type, access, "<init>", "()V");
    Type self = Type.getObjectType(name);
    constructor.load(0, self);
    constructor.invokespecial(Symbols.OBJECT, "<init>", "()V", false);
    for (AllocationPlan allocation : allocations) {
      if (allocation.method().isEmpty()) {
        allocate(constructor, name, allocation.buffers());
      } else {
        constructor.load(0, self);
        constructor.invokevirtual(name, allocation.method().get(), "()V", false);
      }
    }
    end(constructor, Type.VOID_TYPE);
    for (AllocationPlan allocation : allocations) {
      if (allocation.method().isPresent()) {
        InstructionAdapter code =
            method(type, Opcodes.ACC_PRIVATE, allocation.method().get(), "()V");
        allocate(code, name, allocation.buffers());
        end(code, Type.VOID_TYPE);
      }
    }
  }

  private static void allocate(InstructionAdapter code, String name, List<Buffer> buffers) {
    for (Buffer buffer : buffers) {
      code.load(0, Type.getObjectType(name));
      allocate(code, buffer);
      code.putfield(name, buffer.name(), Symbols.of(buffer).getDescriptor());
    }
  }

  private static void allocate(InstructionAdapter code, Buffer buffer) {
    if (buffer.isSingleRow()) {
      code.iconst(buffer.length());
      code.newarray(Type.FLOAT_TYPE);
    } else {
      code.iconst(buffer.rows());
      code.iconst(buffer.length());
      code.multianewarray(Symbols.ROWS.getDescriptor(), 2);
    }
  }

  private void description(ClassVisitor type) {
    InstructionAdapter code =
        method(type, INSTANCE_ACCESS, RuntimeSymbols.DESCRIPTION, "()Ljava/lang/String;");
    List<String> pieces = ConstantText.pieces(plan.description());
    code.aconst(pieces.get(0));
    for (String piece : pieces.subList(1, pieces.size())) {
      code.aconst(piece);
      concat(code);
    }
    end(code, Type.getType(String.class));
  }

  private static void concat(InstructionAdapter code) {
    code.invokevirtual(Symbols.STRING, "concat", "(Ljava/lang/String;)Ljava/lang/String;", false);
  }

  private static void rows(ClassVisitor type, String name, String owner, RowsPlan rows) {
    boolean first = rows.method().equals(RuntimeSymbols.ROWS);
    int access = first ? INSTANCE_ACCESS : Opcodes.ACC_PRIVATE;
    InstructionAdapter code = method(type, access, rows.method(), ROWS_DESCRIPTOR);
    Map<Integer, Buffer> buffers = rows.buffers();
    Label none = new Label();
    if (!buffers.isEmpty()) {
      int lowest = Collections.min(buffers.keySet());
      int highest = Collections.max(buffers.keySet());
      Label[] cases = new Label[highest - lowest + 1];
      Arrays.fill(cases, none);
      buffers.keySet().forEach(position -> cases[position - lowest] = new Label());
      code.load(1, Type.INT_TYPE);
      code.tableswitch(lowest, highest, none, cases);
      buffers.forEach(
          (position, buffer) -> {
            code.mark(cases[position - lowest]);
            pushRows(code, name, buffer);
            code.areturn(Symbols.ROWS);
          });
    }
    code.mark(none);
    if (rows.next().isPresent()) {
      code.load(0, Type.getObjectType(name));
      code.load(1, Type.INT_TYPE);
      code.invokevirtual(name, rows.next().get(), ROWS_DESCRIPTOR, false);
      code.areturn(Symbols.ROWS);
    } else {
      throwIllegalArgument(code, owner + " has no buffer ");
    }
    finish(code);
  }

  private static void pushRows(InstructionAdapter code, String name, Buffer buffer) {
    if (buffer.isSingleRow()) {
      code.iconst(1);
      code.newarray(Symbols.ROW);
      code.dup();
      code.iconst(0);
    }
    code.load(0, Type.getObjectType(name));
    code.getfield(name, buffer.name(), Symbols.of(buffer).getDescriptor());
    if (buffer.isSingleRow()) {
      code.astore(Symbols.ROW);
    }
  }

  /** Throws with the message and the int in slot 1. */
  private static void throwIllegalArgument(InstructionAdapter code, String message) {
    code.anew(Type.getObjectType(Symbols.ILLEGAL_ARGUMENT));
    code.dup();
    code.aconst(message);
    code.load(1, Type.INT_TYPE);
    code.invokestatic(Symbols.STRING, "valueOf", "(I)Ljava/lang/String;", false);
    concat(code);
    code.invokespecial(Symbols.ILLEGAL_ARGUMENT, "<init>", "(Ljava/lang/String;)V", false);
    code.athrow();
  }

  private void newScratch(ClassVisitor type) {
    Type result = Type.getObjectType(Symbols.PROGRAM_SCRATCH);
    InstructionAdapter code =
        method(type, INSTANCE_ACCESS, RuntimeSymbols.NEW_SCRATCH, Type.getMethodDescriptor(result));
    code.anew(Type.getObjectType(scratchName));
    code.dup();
    code.invokespecial(scratchName, "<init>", "()V", false);
    end(code, result);
  }

  private void run(ClassVisitor type) {
    String descriptor = "(IIIL" + Symbols.PROGRAM_SCRATCH + ";)V";
    InstructionAdapter code = method(type, INSTANCE_ACCESS, RuntimeSymbols.RUN, descriptor);
    Label none = new Label();
    Label[] cases = new Label[plan.phases().size()];
    Arrays.setAll(cases, phase -> new Label());
    if (cases.length > 0) {
      code.load(1, Type.INT_TYPE);
      code.tableswitch(0, cases.length - 1, none, cases);
    }
    for (int i = 0; i < cases.length; i++) {
      code.mark(cases[i]);
      runPhase(code, plan.method(plan.phases().get(i).function()));
      code.areturn(Type.VOID_TYPE);
    }
    code.mark(none);
    throwIllegalArgument(code, "no phase ");
    finish(code);
  }

  private void runPhase(InstructionAdapter code, MethodPlan method) {
    if (method.usesProgram()) {
      code.load(0, Type.getObjectType(className));
    }
    if (method.usesScratch()) {
      Type scratch = Type.getObjectType(scratchName);
      code.load(4, scratch);
      code.checkcast(scratch);
    }
    code.load(2, Type.INT_TYPE);
    code.load(3, Type.INT_TYPE);
    MethodWriter.call(plan, method, code);
  }
}
