package org.cnnc.compiler.emit.source;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.Optional;
import java.util.function.Supplier;
import javax.lang.model.element.Modifier;
import org.cnnc.compiler.emit.source.FacadePlan.ProgramForms;

/**
 * Writes how a class makes the forms of a program: the plain one itself, that of the vector target
 * in a nested class, the one class that names it. Not every Java can load that.
 */
final class VectorsType {
  private static final String NAME = "Vectors";

  private final ProgramForms forms;
  private final ClassName self;

  /** For the forms that {@code self} makes. */
  VectorsType(ProgramForms forms, ClassName self) {
    this.forms = forms;
    this.self = self;
  }

  private ClassName vectors() {
    return self.nestedClass(NAME);
  }

  private ClassName inPackage(String simpleName) {
    return ClassName.get(self.packageName(), simpleName);
  }

  /** Makes the program that runs first. */
  CodeBlock first() {
    return forms
        .plain()
        .map(plain -> CodeBlock.of("new $T()", inPackage(plain)))
        .orElseGet(() -> CodeBlock.of("new $T().get()", vectors()));
  }

  /** The same, and what makes the program that may follow, as arguments. */
  CodeBlock all() {
    return forms.switches() ? CodeBlock.of("$L, new $T()", first(), vectors()) : first();
  }

  /** The nested class. */
  Optional<TypeSpec> type() {
    return forms.vector().map(name -> type(inPackage(name)));
  }

  private TypeSpec type(ClassName program) {
    return TypeSpec.classBuilder(NAME)
        .addJavadoc("Makes programs that use the Vector API; not every Java has it.")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addSuperinterface(
            ParameterizedTypeName.get(ClassName.get(Supplier.class), JavaTypes.PROGRAM))
        .addMethod(
            MethodSpec.methodBuilder("get")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(JavaTypes.PROGRAM)
                .addComment("Only code of a module can say what the module reads.")
                .addStatement(
                    "$T.class.getModule().addReads($T.module())", self, JavaTypes.VECTOR_SUPPORT)
                .addStatement("return new $T()", program)
                .build())
        .build();
  }
}
