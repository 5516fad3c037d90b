package org.cnnc.compiler.emit.source;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import org.cnnc.compiler.emit.source.FacadePlan.Features;

/** Writes the methods of a facade that ask the model. */
final class FacadeQuestions {
  /** The field that answers. */
  static final String SESSION = "session";

  private static final TypeName FLOATS = TypeName.get(float[].class);

  private final FacadePlan plan;
  private final ClassName answer;

  private FacadeQuestions(FacadePlan plan, ClassName self) {
    this.plan = plan;
    this.answer = self.nestedClass(FacadeAnswers.ANSWER);
  }

  static List<MethodSpec> of(FacadePlan plan, ClassName self) {
    FacadeQuestions questions = new FacadeQuestions(plan, self);
    List<MethodSpec> methods = new ArrayList<>();
    methods.add(questions.predict());
    methods.add(questions.predictAll());
    if (plan.takesPictures()) {
      methods.add(questions.classify());
      methods.add(questions.classifyPicture());
      methods.add(questions.classifyAll());
    }
    methods.add(questions.answer());
    plan.features()
        .ifPresent(
            features -> {
              methods.add(questions.features(features));
              if (plan.takesPictures()) {
                methods.add(questions.featuresOfPicture(features));
              }
            });
    return methods;
  }

  private static MethodSpec.Builder method(String name, TypeName result) {
    return MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC).returns(result);
  }

  private static MethodSpec.Builder takingPixels(String name, TypeName result) {
    return method(name, result)
        .addParameter(int[].class, "argb")
        .addParameter(int.class, "width")
        .addParameter(int.class, "height");
  }

  private MethodSpec predict() {
    return method("predict", FLOATS)
        .addJavadoc(
            """
            Computes the scores of one image; allocates nothing but its result.

            @param input $L, channel by channel: $L floats, taken as they are
            @return $L scores
            @throws IllegalArgumentException if their number is wrong
            """,
            FacadePlan.shape(plan.inputDims()),
            FacadePlan.product(plan.inputDims()),
            plan.outputSize())
        .addParameter(FLOATS, "input")
        .addStatement("return $N.predict(input)", SESSION)
        .build();
  }

  private MethodSpec predictAll() {
    return method("predictAll", FLOATS)
        .addJavadoc(
            """
            Computes the scores of several images, each as it would be alone, on the threads of the
            common pool.

            @param inputs one image after the other, each as {@link #predict} takes it
            @return the scores, in the same order
            @throws IllegalArgumentException if these are not whole images
            """)
        .addParameter(FLOATS, "inputs")
        .addStatement("return $N.predictAll(inputs)", SESSION)
        .build();
  }

  private MethodSpec classify() {
    return takingPixels("classify", answer)
        .addJavadoc(
            """
            Classifies a picture of any size; allocates nothing but its result.

            <p>$L

            @param argb its pixels, row by row: eight bits each of alpha, red, green, blue
            @throws IllegalArgumentException if these are not width * height pixels
            """,
            JavadocText.inPublic(List.of(plan.preprocessing())))
        .addStatement("return answer($N.predict(argb, width, height))", SESSION)
        .build();
  }

  private MethodSpec classifyPicture() {
    return method("classify", answer)
        .addJavadoc("Classifies a picture of any size.")
        .addParameter(JavaTypes.PICTURE, "picture")
        .addStatement("return classify(picture.argb(), picture.width(), picture.height())")
        .build();
  }

  private MethodSpec classifyAll() {
    return method("classifyAll", ParameterizedTypeName.get(ClassName.get(List.class), answer))
        .addJavadoc(
            """
            Classifies pictures, each as it would be alone, on the threads of the common pool.

            @return the answers, in the same order, all with the same weights
            """)
        .addParameter(
            ParameterizedTypeName.get(ClassName.get(List.class), JavaTypes.PICTURE), "pictures")
        .addStatement(
            """
            return $N.predictAll(pictures).stream()
            .map(scores -> answer(scores))
            .collect($T.toList())\
            """,
            SESSION,
            Collectors.class)
        .build();
  }

  private MethodSpec answer() {
    MethodSpec.Builder method =
        method("answer", answer)
            .addJavadoc("What scores stand for: the class with the largest, the first of equals.")
            .addModifiers(Modifier.STATIC)
            .addParameter(FLOATS, "scores")
            .addStatement("int best = $T.best(scores)", JavaTypes.CLASSIFICATION);
    String winner = plan.labels().isEmpty() ? "best" : "LABELS[best]";
    return method.addStatement("return new $T($L, scores[best], scores)", answer, winner).build();
  }

  private MethodSpec features(Features features) {
    return method("features", FLOATS)
        .addJavadoc(
            """
            What the first half of the network, which extracts features, hands to the second, which
            classifies them: the value {@code $L} of its text. Images that look alike to the network
            have features that are near to each other, whatever their class.

            @param input as {@link #predict} takes it
            @return $L, channel by channel
            """,
            features.value(),
            FacadePlan.shape(features.dims()))
        .addParameter(FLOATS, "input")
        .addStatement("return $N.predict(input, $S)", SESSION, features.value())
        .build();
  }

  private MethodSpec featuresOfPicture(Features features) {
    return takingPixels("features", FLOATS)
        .addJavadoc(
            """
            The features of a picture, which is prepared as for {@link #classify}.

            @return $L, channel by channel
            """,
            FacadePlan.shape(features.dims()))
        .addStatement("return $N.predict(argb, width, height, $S)", SESSION, features.value())
        .build();
  }
}
