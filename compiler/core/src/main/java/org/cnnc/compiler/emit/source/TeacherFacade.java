package org.cnnc.compiler.emit.source;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.cnnc.compiler.emit.ClassHeader;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.emit.source.FacadePlan.ProgramForms;

/** Writes the companion of a facade that teaches it; an app that only predicts has none. */
final class TeacherFacade {
  private static final String NAME_ENDING = "Teacher";

  private final FacadePlan plan;
  private final ProgramForms forms;
  private final VectorsType programs;
  private final ClassName model;
  private final ClassName prediction;

  private TeacherFacade(FacadePlan plan, ProgramForms training, String name) {
    String packageName = plan.header().packageName();
    this.plan = plan;
    this.forms = training;
    this.programs = new VectorsType(training, ClassName.get(packageName, name));
    this.model = ClassName.get(packageName, plan.header().className());
    this.prediction = ClassName.get(packageName, plan.prediction().first());
  }

  static GeneratedFile file(FacadePlan plan, ProgramForms training) {
    ClassHeader header = plan.header();
    String name = header.className() + NAME_ENDING;
    ClassHeader ownHeader =
        new ClassHeader(
            header.packageName(), name, header.sourceFile(), header.generator(), List.of());
    return SourceFiles.file(ownHeader, new TeacherFacade(plan, training, name).type(name));
  }

  private TypeSpec type(String name) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc(
                """
                Teaches a model that is in use: takes a few pictures with their labels, goes on
                training, and puts the new weights in place of the old ones, while others go on asking
                the model. Show it some pictures of every label: what it is not shown it may forget. A
                label that was never trained becomes a new class in this way.

                <p>It works like {@link $T}, and needs that class's module beside the runtime. An app
                that only predicts leaves this class and {@link $T} out. Several threads may share a
                teacher; a model has one.
                """,
                JavaTypes.TEACHER,
                ClassName.get(plan.header().packageName(), forms.first()))
            .addField(model, "model", Modifier.PRIVATE, Modifier.FINAL)
            .addField(JavaTypes.TEACHER, "teacher", Modifier.PRIVATE, Modifier.FINAL)
            .addMethod(constructor())
            .addMethod(constructorWithSettings());
    if (plan.takesPictures()) {
      type.addMethod(showPicture());
    }
    type.addMethod(show()).addMethod(forget()).addMethod(learn());
    if (forms.switches()) {
      type.addMethod(usesVectors());
    }
    programs.type().ifPresent(type::addType);
    return type.build();
  }

  private MethodSpec.Builder constructing() {
    return MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PUBLIC)
        .addParameter(model, "model")
        .addStatement("this.model = model");
  }

  private MethodSpec constructor() {
    return constructing()
        .addJavadoc("A teacher of this model, with the settings of {@link $T}.", JavaTypes.TEACHER)
        .addStatement(
            "this.teacher = new $T($L, new $T())", JavaTypes.TEACHER, programs.all(), prediction)
        .build();
  }

  private MethodSpec constructorWithSettings() {
    return constructing()
        .addJavadoc("A teacher of this model, with other settings.")
        .addParameter(JavaTypes.TRAINER_SETTINGS, "settings")
        .addStatement(
            "this.teacher = new $T($L, new $T(), settings)",
            JavaTypes.TEACHER,
            programs.all(),
            prediction)
        .build();
  }

  private ParameterSpec label() {
    return plan.labels().isEmpty()
        ? ParameterSpec.builder(TypeName.INT, "label").build()
        : ParameterSpec.builder(model.nestedClass(FacadeAnswers.LABEL), "label").build();
  }

  private String labelNumber() {
    return plan.labels().isEmpty() ? "label" : "label.ordinal()";
  }

  private MethodSpec showPicture() {
    return MethodSpec.methodBuilder("show")
        .addJavadoc("Shows a picture of any size, and what it is; {@link #learn} learns it.")
        .addModifiers(Modifier.PUBLIC)
        .addParameter(label())
        .addParameter(JavaTypes.PICTURE, "picture")
        .addStatement("teacher.show($L, picture)", labelNumber())
        .build();
  }

  private MethodSpec show() {
    return MethodSpec.methodBuilder("show")
        .addJavadoc(
            """
            Shows an image, and what it is; {@link #learn} learns it.

            @param input $L, channel by channel: $L floats, taken as they are
            """,
            FacadePlan.shape(plan.inputDims()),
            FacadePlan.product(plan.inputDims()))
        .addModifiers(Modifier.PUBLIC)
        .addParameter(label())
        .addParameter(float[].class, "input")
        .addStatement("teacher.show($L, input)", labelNumber())
        .build();
  }

  private static MethodSpec forget() {
    return MethodSpec.methodBuilder("forget")
        .addJavadoc("Drops what was shown so far; what is learnt stays in the model.")
        .addModifiers(Modifier.PUBLIC)
        .addStatement("teacher.forget()")
        .build();
  }

  private static MethodSpec learn() {
    return MethodSpec.methodBuilder("learn")
        .addJavadoc(
            """
            Trains the model on all that was shown. It gets the new weights only if they answer what
            was shown better than the old ones do.

            @return how it went
            @throws $T if nothing was shown, or the loss is not finite; the model stays as it was
            """,
            JavaTypes.TRAINING_EXCEPTION)
        .addModifiers(Modifier.PUBLIC, Modifier.SYNCHRONIZED)
        .returns(JavaTypes.LESSON)
        .addException(JavaTypes.WEIGHTS_EXCEPTION)
        .addException(JavaTypes.TRAINING_EXCEPTION)
        .addStatement("$T lesson = teacher.learn(model.weights())", JavaTypes.LESSON)
        .beginControlFlow("if (lesson.improved())")
        .addStatement("model.replaceWeights(lesson.weights())")
        .endControlFlow()
        .addStatement("return lesson")
        .build();
  }

  private static MethodSpec usesVectors() {
    return MethodSpec.methodBuilder("usesVectors")
        .addJavadoc(
            """
            Whether lessons train with the Vector API by now. They begin without, and go over to it
            once it is warm, where Java has it; no weight changes.
            """)
        .addModifiers(Modifier.PUBLIC)
        .returns(TypeName.BOOLEAN)
        .addStatement("return teacher.usesVectors()")
        .build();
  }
}
