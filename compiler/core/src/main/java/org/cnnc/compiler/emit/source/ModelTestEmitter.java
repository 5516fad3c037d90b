package org.cnnc.compiler.emit.source;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.emit.RuntimeSymbols;

/** Writes the test that travels with a model; it delegates all work to the runtime. */
public final class ModelTestEmitter {
  private static final String NOT_ASKED =
      "the classes for the Vector API need java --add-modules jdk.incubator.vector";

  private final ModelTestPlan plan;
  private final ClassName self;

  private ModelTestEmitter(ModelTestPlan plan) {
    this.plan = plan;
    this.self = inPackage(plan.header().className());
  }

  /** A class of tests for JUnit Jupiter. */
  public static GeneratedFile emit(ModelTestPlan plan) {
    return SourceFiles.file(plan.header(), new ModelTestEmitter(plan).type());
  }

  private ClassName inPackage(String simpleName) {
    return ClassName.get(plan.header().packageName(), simpleName);
  }

  private TypeSpec type() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(self)
            .addJavadoc("$L", JavadocText.inPrivate(plan.header().comment()));
    type.addMethod(answers());
    plan.vectors().ifPresent(vectors -> type.addMethod(vectorAnswers(vectors)));
    plan.training().ifPresent(training -> type.addMethod(gradients(training)));
    plan.training()
        .flatMap(plain -> plan.vectorTraining().map(vectors -> vectorGradients(plain, vectors)))
        .ifPresent(type::addMethod);
    return type.build();
  }

  private MethodSpec answers() {
    return asking("answersAreGolden")
        .addJavadoc(
            """
            {@code $L} has images, and every bit that an interpreter
            answered with the weights that ship, when the model was compiled.
            """,
            plan.goldenResource())
        .addCode(verifyGolden(plan.prediction(), "model.weights(), model::predict"))
        .build();
  }

  /** Interpreted, vectors crawl, but a few answers they give in time. */
  private MethodSpec vectorAnswers(String vectors) {
    return asking("vectorsAnswerTheSame")
        .addJavadoc(
            """
            The classes for the Vector API answer the same, where the Java that runs
            the tests has it.
            """)
        .addCode(whereVectorsAre())
        .addCode(verifyGolden(vectors, "model.weights()"))
        .build();
  }

  private CodeBlock whereVectorsAre() {
    return CodeBlock.builder()
        .addStatement(
            "$T.assumeTrue(\n$T.$L(),\n$S)",
            JavaTypes.JUNIT_ASSUMPTIONS,
            JavaTypes.VECTOR_SUPPORT,
            RuntimeSymbols.HAS_MODULE,
            NOT_ASKED)
        .add("// Only code of a module can say what the module reads.\n")
        .addStatement("$T.class.getModule().addReads($T.module())", self, JavaTypes.VECTOR_SUPPORT)
        .build();
  }

  private static MethodSpec.Builder asking(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(JavaTypes.JUNIT_TEST)
        .addException(IOException.class);
  }

  private CodeBlock verifyGolden(String program, String model) {
    return CodeBlock.builder()
        .addStatement("$1T model = $1T.load()", inPackage(plan.model()))
        .addStatement("$T golden = $S", String.class, plan.goldenResource())
        .addStatement(
            "$T.$L($T.class.getResourceAsStream(golden), golden)\n.$L(new $T(), $L)",
            JavaTypes.GOLDEN_ANSWERS,
            RuntimeSymbols.READ,
            self,
            RuntimeSymbols.VERIFY,
            inPackage(program),
            model)
        .build();
  }

  private MethodSpec gradients(String training) {
    return MethodSpec.methodBuilder("gradientsAreSlopesOfTheLoss")
        .addJavadoc("What the model learns by is held against central differences of its loss.")
        .addAnnotation(JavaTypes.JUNIT_TEST)
        .addStatement(
            "$T.$L(new $T())", JavaTypes.GRADIENT_CHECK, RuntimeSymbols.VERIFY, inPackage(training))
        .build();
  }

  /** Central differences would take hundreds of steps, in which cold vectors crawl. */
  private MethodSpec vectorGradients(String plain, String vectors) {
    return MethodSpec.methodBuilder("vectorsLearnByTheSameGradients")
        .addJavadoc(
            """
            The class that trains with the Vector API has the same gradients, bit for bit,
            where the Java that runs the tests has it.
            """)
        .addAnnotation(JavaTypes.JUNIT_TEST)
        .addCode(whereVectorsAre())
        .addStatement(
            "$T.$L(new $T(), new $T())",
            JavaTypes.GRADIENT_CHECK,
            RuntimeSymbols.VERIFY_SAME,
            inPackage(plain),
            inPackage(vectors))
        .build();
  }
}
