package org.cnnc.compiler.emit.source;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the types inside a facade: what it answers with. */
final class FacadeAnswers {
  static final String LABEL = "Label";
  static final String ANSWER = "Answer";
  static final String GUESS = "Guess";

  private final FacadePlan plan;
  private final ClassName self;

  private FacadeAnswers(FacadePlan plan, ClassName self) {
    this.plan = plan;
    this.self = self;
  }

  static List<TypeSpec> of(FacadePlan plan, ClassName self) {
    FacadeAnswers answers = new FacadeAnswers(plan, self);
    List<TypeSpec> types = new ArrayList<>(List.of(answers.answer(), answers.guess()));
    if (answers.hasLabels()) {
      types.add(FacadeLabels.of(plan.labels(), self.nestedClass(LABEL)));
    }
    return types;
  }

  private boolean hasLabels() {
    return !plan.labels().isEmpty();
  }

  /** The component that names the class. */
  private ParameterSpec winner() {
    return hasLabels()
        ? ParameterSpec.builder(self.nestedClass(LABEL), "label").build()
        : ParameterSpec.builder(int.class, "index").build();
  }

  private TypeSpec answer() {
    MethodSpec components =
        MethodSpec.constructorBuilder()
            .addParameter(winner())
            .addParameter(float.class, "probability")
            .addParameter(float[].class, "scores")
            .build();
    return TypeSpec.recordBuilder(ANSWER)
        .addModifiers(Modifier.PUBLIC)
        .addJavadoc(
            """
            An answer.

            @param $L the class with the largest score
            @param probability its score
            @param scores those of all classes, in order
            """,
            winner().name())
        .recordConstructor(components)
        .addMethod(top())
        .build();
  }

  private MethodSpec top() {
    ClassName guess = self.nestedClass(GUESS);
    TypeName guesses = ParameterizedTypeName.get(ClassName.get(List.class), guess);
    return MethodSpec.methodBuilder("top")
        .addJavadoc(
            """
            The classes with the largest scores, best first.

            @param count how many; all of them when there are fewer
            """)
        .addModifiers(Modifier.PUBLIC)
        .addParameter(int.class, "count")
        .returns(guesses)
        .addStatement("$T guesses = new $T<>()", guesses, ArrayList.class)
        .beginControlFlow("for (int index : $T.top(scores, count))", JavaTypes.CLASSIFICATION)
        .addStatement(
            "guesses.add(new $T($L, scores[index]))",
            guess,
            hasLabels() ? "LABELS[index]" : "index")
        .endControlFlow()
        .addStatement("return guesses")
        .build();
  }

  private TypeSpec guess() {
    return TypeSpec.recordBuilder(GUESS)
        .addModifiers(Modifier.PUBLIC)
        .addJavadoc(
            """
            One class of an answer.

            @param $L the class
            @param probability its score
            """,
            winner().name())
        .recordConstructor(
            MethodSpec.constructorBuilder()
                .addParameter(winner())
                .addParameter(float.class, "probability")
                .build())
        .build();
  }
}
