package org.cnnc.compiler.emit.source;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;
import org.cnnc.compiler.emit.AllocationPlan;
import org.cnnc.compiler.emit.ClassPlan;
import org.cnnc.compiler.emit.ConstantPlan;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.emit.MethodPlan;
import org.cnnc.compiler.emit.RowsPlan;
import org.cnnc.compiler.emit.RuntimeSymbols;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.Phase;

/** Writes a class plan as Java source. The same plan gives the same bytes. */
public final class JavaSourceEmitter {
  private final ClassPlan plan;
  private final ClassName scratchType;

  private JavaSourceEmitter(ClassPlan plan) {
    this.plan = plan;
    this.scratchType =
        ClassName.get(
            plan.header().packageName(), plan.header().className(), ClassPlan.SCRATCH_CLASS);
  }

  /** The source file of the class. */
  public static GeneratedFile emit(ClassPlan plan) {
    TypeSpec type = new JavaSourceEmitter(plan).programClass();
    return SourceFiles.file(plan.header(), type);
  }

  private TypeSpec programClass() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(plan.header().className())
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addSuperinterface(JavaTypes.PROGRAM)
            .addJavadoc("$L", JavadocText.inPublic(plan.header().comment()));
    for (ConstantPlan constant : plan.constants()) {
      type.addField(constant(constant));
    }
    if (plan.usesVectors()) {
      type.addField(species());
    }
    addBuffers(type, plan.programAllocations(), Modifier.PRIVATE);
    addAllocations(type, plan.programAllocations(), Modifier.PUBLIC);
    type.addMethod(description());
    plan.programRows().forEach(rows -> type.addMethod(rows("the program", rows)));
    type.addMethod(newScratch());
    type.addMethod(run());
    for (MethodPlan method : plan.methods()) {
      type.addMethod(MethodPrinter.print(plan, method, scratchType));
    }
    return type.addType(scratchClass()).build();
  }

  private TypeSpec scratchClass() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(scratchType)
            .addModifiers(Modifier.STATIC, Modifier.FINAL)
            .addSuperinterface(JavaTypes.PROGRAM_SCRATCH)
            .addJavadoc("The buffers of one worker.");
    addBuffers(type, plan.scratchAllocations());
    addAllocations(type, plan.scratchAllocations());
    plan.scratchRows().forEach(rows -> type.addMethod(rows("the scratch", rows)));
    return type.build();
  }

  static FieldSpec constant(ConstantPlan constant) {
    return FieldSpec.builder(TypeName.LONG, constant.name())
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("$L", JavadocText.inPublic(constant.comment().lines().toList()))
        .initializer("$LL", constant.value())
        .build();
  }

  private static FieldSpec species() {
    TypeName type = ParameterizedTypeName.get(JavaTypes.VECTOR_SPECIES, JavaTypes.FLOAT);
    return FieldSpec.builder(type, ClassPlan.SPECIES_FIELD)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer("$T.SPECIES_PREFERRED", JavaTypes.FLOAT_VECTOR)
        .build();
  }

  private static void addBuffers(
      TypeSpec.Builder type, List<AllocationPlan> allocations, Modifier... access) {
    for (AllocationPlan allocation : allocations) {
      for (Buffer buffer : allocation.buffers()) {
        FieldSpec.Builder field =
            FieldSpec.builder(JavaTypes.of(buffer), buffer.name()).addModifiers(access);
        if (allocation.isFinal()) {
          field.addModifiers(Modifier.FINAL).initializer(newArrays(buffer));
        }
        type.addField(field.build());
      }
    }
  }

  private static CodeBlock newArrays(Buffer buffer) {
    return buffer.isSingleRow()
        ? CodeBlock.of("new float[$L]", buffer.length())
        : CodeBlock.of("new float[$L][$L]", buffer.rows(), buffer.length());
  }

  /** The methods for buffers that are not allocated where they are declared, and their caller. */
  private static void addAllocations(
      TypeSpec.Builder type, List<AllocationPlan> allocations, Modifier... access) {
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addModifiers(access);
    List<MethodSpec> methods = new ArrayList<>();
    for (AllocationPlan allocation : allocations) {
      if (allocation.method().isPresent()) {
        String name = allocation.method().get();
        constructor.addStatement("$L()", name);
        MethodSpec.Builder method = MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE);
        for (Buffer buffer : allocation.buffers()) {
          method.addStatement("$L = $L", buffer.name(), newArrays(buffer));
        }
        methods.add(method.build());
      }
    }
    if (!methods.isEmpty()) {
      type.addMethod(constructor.build());
      type.addMethods(methods);
    }
  }

  private static MethodSpec.Builder override(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC);
  }

  private MethodSpec description() {
    int column = 8;
    return override(RuntimeSymbols.DESCRIPTION)
        .returns(String.class)
        .addStatement("return $L", StringText.blocks(plan.description(), column))
        .build();
  }

  private static MethodSpec rows(String owner, RowsPlan rows) {
    MethodSpec.Builder method =
        rows.method().equals(RuntimeSymbols.ROWS)
            ? override(rows.method())
            : MethodSpec.methodBuilder(rows.method()).addModifiers(Modifier.PRIVATE);
    method.returns(JavaTypes.ROWS).addParameter(int.class, "buffer");
    Map<Integer, Buffer> buffers = rows.buffers();
    String message = owner + " has no buffer ";
    if (buffers.isEmpty()) {
      return method
          .addStatement("throw new $T($S + buffer)", IllegalArgumentException.class, message)
          .build();
    }
    method.beginControlFlow("return switch (buffer)");
    buffers.forEach(
        (position, buffer) ->
            method.addCode(
                buffer.isSingleRow() ? "case $L -> new float[][] {$L};\n" : "case $L -> $L;\n",
                position,
                buffer.name()));
    if (rows.next().isPresent()) {
      method.addCode("default -> $L(buffer);\n", rows.next().get());
    } else {
      method.addCode(
          "default -> throw new $T($S + buffer);\n", IllegalArgumentException.class, message);
    }
    return method.addCode("$<};\n").build();
  }

  private MethodSpec newScratch() {
    return override(RuntimeSymbols.NEW_SCRATCH)
        .returns(JavaTypes.PROGRAM_SCRATCH)
        .addStatement("return new $T()", scratchType)
        .build();
  }

  private MethodSpec run() {
    MethodSpec.Builder method =
        override(RuntimeSymbols.RUN)
            .addParameter(int.class, "phase")
            .addParameter(int.class, "task")
            .addParameter(int.class, "images")
            .addParameter(JavaTypes.PROGRAM_SCRATCH, ClassPlan.SCRATCH_PARAMETER);
    boolean usesScratch =
        plan.phases().stream().anyMatch(phase -> plan.method(phase.function()).usesScratch());
    if (usesScratch) {
      method.addStatement(
          "final $T own = ($T) $L", scratchType, scratchType, ClassPlan.SCRATCH_PARAMETER);
    }
    method.beginControlFlow("switch (phase)");
    for (int i = 0; i < plan.phases().size(); i++) {
      Phase phase = plan.phases().get(i);
      String scratch = plan.method(phase.function()).usesScratch() ? "own, " : "";
      method.addStatement("case $L -> $L($Ltask, images)", i, phase.function(), scratch);
    }
    method.addStatement(
        "default -> throw new $T($S + phase)", IllegalArgumentException.class, "no phase ");
    return method.endControlFlow().build();
  }
}
