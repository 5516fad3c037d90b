package org.cnnc.compiler.emit.source;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.cnnc.compiler.emit.source.FacadePlan.ProgramForms;

/**
 * Writes how a facade comes to its session: with the plain class, with that of the vector target,
 * or with the first until the second is faster.
 */
final class FacadeSessions {
  private final ProgramForms forms;
  private final VectorsType programs;

  FacadeSessions(FacadePlan plan, ClassName self) {
    this.forms = plan.prediction();
    this.programs = new VectorsType(forms, self);
  }

  /** The method that makes a session. */
  MethodSpec first() {
    return MethodSpec.methodBuilder("session")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .returns(JavaTypes.PREDICTION_SESSION)
        .addParameter(JavaTypes.SAFETENSORS, "weights")
        .addException(JavaTypes.WEIGHTS_EXCEPTION)
        .addStatement("return $T.load($L, weights)", JavaTypes.PREDICTION_SESSION, programs.all())
        .build();
  }

  /** The session that follows the one in use, with the parameter {@code weights}. */
  CodeBlock next() {
    return forms.switches()
        ? CodeBlock.of("$N.successor($L, weights)", FacadeQuestions.SESSION, programs.first())
        : CodeBlock.of("session(weights)");
  }

  /** Tells which of two forms computes. */
  Optional<MethodSpec> usesVectors() {
    return forms.switches()
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
    return programs.type();
  }
}
