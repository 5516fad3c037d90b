package org.cnnc.compiler.emit.source;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.Optional;
import java.util.function.Supplier;
import javax.lang.model.element.Modifier;
import org.cnnc.compiler.emit.source.FacadePlan.PredictionClasses;

/**
 * Writes how a facade comes to its session: with the plain class, with that of the vector target,
 * or with the first until the second is faster.
 */
final class FacadeSessions {
  private static final String VECTORS = "Vectors";

  private final PredictionClasses classes;
  private final ClassName self;

  FacadeSessions(FacadePlan plan, ClassName self) {
    this.classes = plan.predictionClasses();
    this.self = self;
  }

  private ClassName inPackage(String simpleName) {
    return ClassName.get(self.packageName(), simpleName);
  }

  private ClassName vectors() {
    return self.nestedClass(VECTORS);
  }

  private boolean switches() {
    return classes.plain().isPresent() && classes.vector().isPresent();
  }

  /** The method that makes a session. */
  MethodSpec first() {
    CodeBlock forms = switches() ? CodeBlock.of("$L, new $T()", program(), vectors()) : program();
    return MethodSpec.methodBuilder("session")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .returns(JavaTypes.PREDICTION_SESSION)
        .addParameter(JavaTypes.SAFETENSORS, "weights")
        .addException(JavaTypes.WEIGHTS_EXCEPTION)
        .addStatement("return $T.load($L, weights)", JavaTypes.PREDICTION_SESSION, forms)
        .build();
  }

  /** The session that follows the one in use, with the parameter {@code weights}. */
  CodeBlock next() {
    return switches()
        ? CodeBlock.of("$N.successor($L, weights)", FacadeQuestions.SESSION, program())
        : CodeBlock.of("session(weights)");
  }

  private CodeBlock program() {
    return classes
        .plain()
        .map(plain -> CodeBlock.of("new $T()", inPackage(plain)))
        .orElseGet(() -> CodeBlock.of("new $T().get()", vectors()));
  }

  /** Tells which of two forms computes. */
  Optional<MethodSpec> usesVectors() {
    return switches()
        ? Optional.of(
            MethodSpec.methodBuilder("usesVectors")
                .addJavadoc(
                    """
                    Whether answers are computed with the Vector API by now. They begin without, and go
                    over to it once that is faster, where Java has it; no answer changes.
                    """)
                .addModifiers(Modifier.PUBLIC)
                .returns(TypeName.BOOLEAN)
                .addStatement("return $N.usesVectors()", FacadeQuestions.SESSION)
                .build())
        : Optional.empty();
  }

  /** The one class that names that of the vector target; not every Java can load it. */
  Optional<TypeSpec> vectorsType() {
    return classes.vector().map(name -> vectorsType(inPackage(name)));
  }

  private TypeSpec vectorsType(ClassName program) {
    return TypeSpec.classBuilder(VECTORS)
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
