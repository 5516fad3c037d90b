package org.cnnc.compiler.emit.source;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.cnnc.compiler.emit.GeneratedFile;

/** Writes the class that an app names; it delegates all work to the runtime. */
public final class FacadeEmitter {
  private final FacadePlan plan;
  private final ClassName self;
  private final FacadeSessions sessions;

  private FacadeEmitter(FacadePlan plan) {
    this.plan = plan;
    this.self = ClassName.get(plan.header().packageName(), plan.header().className());
    this.sessions = new FacadeSessions(plan, self);
  }

  /**
   * The facade, and its companions, which an app may leave out: the class with what needs
   * java.desktop, when pictures fit the input, and the one that teaches, when there is a class that
   * trains.
   */
  public static List<GeneratedFile> emit(FacadePlan plan) {
    List<GeneratedFile> files = new ArrayList<>();
    files.add(SourceFiles.file(plan.header(), new FacadeEmitter(plan).facade()));
    if (plan.takesPictures()) {
      files.add(PictureFacade.file(plan));
    }
    plan.training().ifPresent(training -> files.add(TeacherFacade.file(plan, training)));
    return files;
  }

  private TypeSpec facade() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(self)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc("$L", JavadocText.inPublic(plan.header().comment()))
            .addJavadoc(
                """


                <p>A model may be shared by any number of threads. It does not change, unless
                {@link #replaceWeights} is called.
                """);
    plan.constants().forEach(constant -> type.addField(JavaSourceEmitter.constant(constant)));
    if (!plan.labels().isEmpty()) {
      type.addField(labels());
    }
    type.addField(
            JavaTypes.PREDICTION_SESSION,
            FacadeQuestions.SESSION,
            Modifier.PRIVATE,
            Modifier.VOLATILE)
        .addMethod(constructor())
        .addMethod(sessions.first())
        .addMethod(loadResource())
        .addMethod(loadFile())
        .addMethod(loadStream());
    FacadeQuestions.of(plan, self).forEach(type::addMethod);
    type.addMethod(weights()).addMethod(replaceWeights());
    sessions.usesVectors().ifPresent(type::addMethod);
    FacadeAnswers.of(plan, self).forEach(type::addType);
    sessions.vectorsType().ifPresent(type::addType);
    return type.build();
  }

  /** {@code values()} copies its array at every call. */
  private FieldSpec labels() {
    ClassName label = self.nestedClass(FacadeAnswers.LABEL);
    TypeName type = ArrayTypeName.of(label);
    return FieldSpec.builder(type, "LABELS", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer("$T.values()", label)
        .build();
  }

  private MethodSpec constructor() {
    return MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PRIVATE)
        .addParameter(JavaTypes.SAFETENSORS, "weights")
        .addException(JavaTypes.WEIGHTS_EXCEPTION)
        .addStatement("$N = session(weights)", FacadeQuestions.SESSION)
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

            @throws UncheckedIOException if they are not there; or as {@link #load(InputStream)} says
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

            @throws IOException if it cannot be read; or as {@link #load(InputStream)} says
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

            @throws IOException if it cannot be read, ends too early or is not in that format; if the
                weights are another model's or have other shapes, or are not finite
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

  private MethodSpec weights() {
    return MethodSpec.methodBuilder("weights")
        .addJavadoc(
            """
            A copy of the weights in use, with what is known of their origin; {@code write(file)}
            saves them.
            """)
        .addModifiers(Modifier.PUBLIC)
        .returns(JavaTypes.SAFETENSORS)
        .addStatement("return $N.weights()", FacadeQuestions.SESSION)
        .build();
  }

  private MethodSpec replaceWeights() {
    return MethodSpec.methodBuilder("replaceWeights")
        .addJavadoc(
            """
            Answers with other weights from now on. Calls of other threads go on meanwhile, each with
            the old weights or with the new ones, never with a mixture.

            @throws $T if they are another model's or have other shapes, or are
                not finite; the old ones stay
            """,
            JavaTypes.WEIGHTS_EXCEPTION)
        .addModifiers(Modifier.PUBLIC)
        .addParameter(JavaTypes.SAFETENSORS, "weights")
        .addException(JavaTypes.WEIGHTS_EXCEPTION)
        .addStatement("$N = $L", FacadeQuestions.SESSION, sessions.next())
        .build();
  }
}
