package org.cnnc.compiler.emit.source;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import org.cnnc.compiler.emit.GeneratedFile;

/** Writes the class that an app names; it delegates all work to the runtime. */
public final class FacadeEmitter {
  private static final String LABEL = "Label";
  private static final String ANSWER = "Answer";

  private final FacadePlan plan;
  private final ClassName self;

  private FacadeEmitter(FacadePlan plan) {
    this.plan = plan;
    this.self = ClassName.get(plan.header().packageName(), plan.header().className());
  }

  /**
   * The facade, and the class with what needs java.desktop, when pictures fit the input: apps
   * without java.desktop leave the second out.
   */
  public static List<GeneratedFile> emit(FacadePlan plan) {
    List<GeneratedFile> files = new ArrayList<>();
    files.add(SourceFiles.file(plan.header(), new FacadeEmitter(plan).facade()));
    if (plan.takesPictures()) {
      files.add(PictureFacade.file(plan));
    }
    return files;
  }

  private TypeSpec facade() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(self)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc("$L", JavadocText.inPublic(comment()));
    plan.constants().forEach(constant -> type.addField(JavaSourceEmitter.constant(constant)));
    if (!plan.labels().isEmpty()) {
      type.addField(labels());
    }
    type.addField(JavaTypes.PREDICTION_SESSION, "session", Modifier.PRIVATE, Modifier.FINAL)
        .addMethod(constructor())
        .addMethod(loadResource())
        .addMethod(loadFile())
        .addMethod(loadStream())
        .addMethod(predict());
    if (plan.takesPictures()) {
      type.addMethod(classify());
    }
    type.addMethod(answerMethod()).addType(answer());
    if (!plan.labels().isEmpty()) {
      type.addType(label());
    }
    return type.build();
  }

  private List<String> comment() {
    List<String> comment = new ArrayList<>(plan.header().comment());
    comment.add("");
    comment.add("A model is immutable and may be shared by threads.");
    return comment;
  }

  private String dims() {
    return plan.inputDims().stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String inputLength() {
    return plan.inputDims().stream().map(String::valueOf).collect(Collectors.joining(" * "));
  }

  /** {@code values()} copies its array at every call. */
  private FieldSpec labels() {
    TypeName type = ArrayTypeName.of(self.nestedClass(LABEL));
    return FieldSpec.builder(type, "LABELS", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer("$T.values()", self.nestedClass(LABEL))
        .build();
  }

  private MethodSpec constructor() {
    ClassName program = ClassName.get(self.packageName(), plan.predictionClass());
    return MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PRIVATE)
        .addParameter(JavaTypes.SAFETENSORS, "weights")
        .addException(IOException.class)
        .addStatement("session = $T.load(new $T(), weights)", JavaTypes.PREDICTION_SESSION, program)
        .build();
  }

  private MethodSpec.Builder load() {
    return MethodSpec.methodBuilder("load")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(self);
  }

  private MethodSpec loadResource() {
    return load()
        .addJavadoc(
            """
            Loads the weights that lie beside this class, the resource {@code $L}.

            @throws UncheckedIOException if they are not there, broken or another model's
            """,
            plan.weightsResource())
        .beginControlFlow(
            "try ($T weights = $T.class.getResourceAsStream($S))",
            InputStream.class,
            self,
            plan.weightsResource())
        .beginControlFlow("if (weights == null)")
        .addStatement(
            "throw new $T($S)",
            FileNotFoundException.class,
            "no resource " + plan.weightsResource() + " beside the class")
        .endControlFlow()
        .addStatement("return load(weights)")
        .nextControlFlow("catch ($T e)", IOException.class)
        .addStatement("throw new $T(e)", UncheckedIOException.class)
        .endControlFlow()
        .build();
  }

  private MethodSpec loadFile() {
    return load()
        .addJavadoc(
            """
            Loads weights from a safetensors file.

            @throws IOException if it cannot be read, is broken or another model's
            """)
        .addParameter(Path.class, "weights")
        .addException(IOException.class)
        .addStatement("return new $T($T.read(weights))", self, JavaTypes.SAFETENSORS)
        .build();
  }

  private MethodSpec loadStream() {
    return load()
        .addJavadoc(
            """
            Loads weights from a stream in the safetensors format, which stays open.

            @throws IOException if it cannot be read, is broken or another model's
            """)
        .addParameter(InputStream.class, "weights")
        .addException(IOException.class)
        .addStatement(
            "return new $T($T.read(weights, $S))",
            self,
            JavaTypes.SAFETENSORS,
            plan.weightsResource())
        .build();
  }

  private MethodSpec predict() {
    return MethodSpec.methodBuilder("predict")
        .addJavadoc(
            """
            Computes the scores of one image; allocates nothing but its result.

            @param input $L, channel by channel: $L floats, taken as they are
            @return $L scores
            """,
            dims(),
            inputLength(),
            plan.outputSize())
        .addModifiers(Modifier.PUBLIC)
        .addParameter(float[].class, "input")
        .returns(float[].class)
        .addStatement("return session.predict(input)")
        .build();
  }

  private MethodSpec classify() {
    return MethodSpec.methodBuilder("classify")
        .addJavadoc(
            """
            Classifies a picture of any size.

            <p>$L

            @param argb its pixels, row by row: eight bits each of alpha, red, green, blue
            @throws IllegalArgumentException if these are not width * height pixels
            """,
            JavadocText.inPublic(List.of(plan.preprocessing())))
        .addModifiers(Modifier.PUBLIC)
        .addParameter(int[].class, "argb")
        .addParameter(int.class, "width")
        .addParameter(int.class, "height")
        .returns(self.nestedClass(ANSWER))
        .addStatement("return answer(session.predict(argb, width, height))")
        .build();
  }

  private MethodSpec answerMethod() {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("answer")
            .addJavadoc("What scores stand for: the class with the largest, the first of equals.")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .addParameter(float[].class, "scores")
            .returns(self.nestedClass(ANSWER))
            .addStatement(
                "$T best = $T.of(scores)", JavaTypes.CLASSIFICATION, JavaTypes.CLASSIFICATION);
    String winner = plan.labels().isEmpty() ? "best.index()" : "LABELS[best.index()]";
    return method
        .addStatement(
            "return new $T($L, best.probability(), scores)", self.nestedClass(ANSWER), winner)
        .build();
  }

  private TypeSpec answer() {
    boolean hasLabels = !plan.labels().isEmpty();
    ParameterSpec winner =
        hasLabels
            ? ParameterSpec.builder(self.nestedClass(LABEL), "label").build()
            : ParameterSpec.builder(int.class, "index").build();
    MethodSpec components =
        MethodSpec.constructorBuilder()
            .addParameter(winner)
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
            winner.name())
        .recordConstructor(components)
        .build();
  }

  private TypeSpec label() {
    TypeSpec.Builder type =
        TypeSpec.enumBuilder(LABEL)
            .addModifiers(Modifier.PUBLIC)
            .addJavadoc("The classes, in the order of their scores.");
    List<String> names = LabelNames.of(plan.labels());
    for (int i = 0; i < names.size(); i++) {
      String text = StringText.literal(plan.labels().get(i));
      type.addEnumConstant(names.get(i), TypeSpec.anonymousClassBuilder("$L", text).build());
    }
    return type.addField(String.class, "text", Modifier.PRIVATE, Modifier.FINAL)
        .addMethod(
            MethodSpec.constructorBuilder()
                .addParameter(String.class, "text")
                .addStatement("this.text = text")
                .build())
        .addMethod(
            MethodSpec.methodBuilder("text")
                .addJavadoc("The label as the model has it.")
                .addModifiers(Modifier.PUBLIC)
                .returns(String.class)
                .addStatement("return text")
                .build())
        .build();
  }
}
