package org.cnnc.compiler.emit.source;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * Writes the type of a facade's labels: an enum, or a record with the same methods where there are
 * too many for one.
 */
final class FacadeLabels {
  /**
   * Constants of an enum. One takes 19 bytes of the class initializer with javac and 27 with
   * Eclipse's compiler, and no method has more than 65,535.
   */
  static final int MOST_CONSTANTS = 2000;

  /** Of no meaning in Unicode, so labels hold them by mistake only. */
  private static final int FIRST_PRIVATE = 0xE000;

  private static final int LAST_PRIVATE = 0xF8FF;

  private final List<String> labels;
  private final ClassName self;

  private FacadeLabels(List<String> labels, ClassName self) {
    this.labels = labels;
    this.self = self;
  }

  /**
   * The type.
   *
   * @param labels exact texts, at least one
   * @param self name of the type
   */
  static TypeSpec of(List<String> labels, ClassName self) {
    FacadeLabels type = new FacadeLabels(labels, self);
    return labels.size() > MOST_CONSTANTS ? type.asRecord() : type.asEnum();
  }

  private TypeSpec asEnum() {
    TypeSpec.Builder type =
        TypeSpec.enumBuilder(self)
            .addModifiers(Modifier.PUBLIC)
            .addJavadoc("The classes, in the order of their scores.");
    List<String> names = LabelNames.of(labels);
    for (int i = 0; i < names.size(); i++) {
      String text = StringText.literal(labels.get(i));
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

  private TypeSpec asRecord() {
    return TypeSpec.recordBuilder(self)
        .addModifiers(Modifier.PUBLIC)
        .addJavadoc(
            """
            One of the classes, which are too many for an enum.

            @param ordinal its place in the order of the scores, from 0
            @param text the label as the model has it
            """)
        .recordConstructor(
            MethodSpec.constructorBuilder()
                .addParameter(int.class, "ordinal")
                .addParameter(String.class, "text")
                .build())
        .addMethod(values())
        .build();
  }

  private MethodSpec values() {
    int column = 10;
    String separator = separator();
    return MethodSpec.methodBuilder("values")
        .addJavadoc("The classes, in the order of their scores.")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(ArrayTypeName.of(self))
        .addStatement("String all = $L", StringText.blocks(String.join(separator, labels), column))
        .addStatement("String[] texts = all.split($L, -1)", StringText.literal(separator))
        .addStatement("$1T[] labels = new $1T[texts.length]", self)
        .beginControlFlow("for (int i = 0; i < texts.length; i++)")
        .addStatement("labels[i] = new $T(i, texts[i])", self)
        .endControlFlow()
        .addStatement("return labels")
        .build();
  }

  /** A line end, which makes readable source, or else what no label holds. */
  private String separator() {
    return IntStream.concat(IntStream.of('\n'), IntStream.rangeClosed(FIRST_PRIVATE, LAST_PRIVATE))
        .mapToObj(Character::toString)
        .filter(text -> labels.stream().noneMatch(label -> label.contains(text)))
        .findFirst()
        .orElseThrow();
  }
}
