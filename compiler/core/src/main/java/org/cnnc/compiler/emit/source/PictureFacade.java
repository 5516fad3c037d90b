package org.cnnc.compiler.emit.source;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.cnnc.compiler.emit.ClassHeader;
import org.cnnc.compiler.emit.GeneratedFile;

/** Writes the companion of a facade that takes {@code BufferedImage}s. */
final class PictureFacade {
  // By name: the compiler itself runs without java.desktop.
  private static final ClassName IMAGE = ClassName.get("java.awt.image", "BufferedImage");
  private static final ClassName RASTER = ClassName.get("java.awt.image", "Raster");
  private static final ClassName COLOR_SPACE = ClassName.get("java.awt.color", "ColorSpace");

  private PictureFacade() {}

  static GeneratedFile file(FacadePlan plan) {
    ClassHeader header = plan.header();
    String name = header.className() + "Images";
    ClassName model = ClassName.get(header.packageName(), header.className());
    TypeSpec type =
        TypeSpec.classBuilder(name)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc(
                "Classifies images of the Java desktop; an app without java.desktop can leave this"
                    + " class out.\n")
            .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
            .addMethod(classify(model))
            .addMethod(pixels())
            .addMethod(grey())
            .build();
    ClassHeader ownHeader =
        new ClassHeader(
            header.packageName(), name, header.sourceFile(), header.generator(), List.of());
    return SourceFiles.file(ownHeader, type);
  }

  private static MethodSpec classify(ClassName model) {
    return MethodSpec.methodBuilder("classify")
        .addJavadoc("Classifies an image of any size, as {@link $T#classify} does.", model)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addParameter(model, "model")
        .addParameter(IMAGE, "image")
        .returns(model.nestedClass("Answer"))
        .addStatement("return model.classify(pixels(image), image.getWidth(), image.getHeight())")
        .build();
  }

  private static MethodSpec pixels() {
    return MethodSpec.methodBuilder("pixels")
        .addJavadoc(
            """
            The pixels, row by row. Grey ones are taken as they are stored: {@code getRGB} would
            brighten them, because it takes grey as linear light.
            """)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addParameter(IMAGE, "image")
        .returns(int[].class)
        .beginControlFlow(
            "if (image.getColorModel().getColorSpace().getType() == $T.TYPE_GRAY)", COLOR_SPACE)
        .addStatement("return grey(image.getRaster(), image.getSampleModel().getSampleSize(0))")
        .endControlFlow()
        .addStatement("int width = image.getWidth()")
        .addStatement("int height = image.getHeight()")
        .addStatement("return image.getRGB(0, 0, width, height, null, 0, width)")
        .build();
  }

  private static MethodSpec grey() {
    return MethodSpec.methodBuilder("grey")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(RASTER, "raster")
        .addParameter(int.class, "bits")
        .returns(int[].class)
        .addStatement("int width = raster.getWidth()")
        .addStatement("int height = raster.getHeight()")
        .addStatement("int[] pixels = raster.getSamples(0, 0, width, height, 0, (int[]) null)")
        .addStatement("long most = (1L << bits) - 1")
        .beginControlFlow("for (int i = 0; i < pixels.length; i++)")
        .addStatement("int level = (int) ((pixels[i] * 255L + most / 2) / most)")
        .addStatement("pixels[i] = 0xff000000 | level * 0x10101")
        .endControlFlow()
        .addStatement("return pixels")
        .build();
  }
}
