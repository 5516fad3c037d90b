package org.cnnc.compiler.emit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnc.compiler.emit.ClassHeader;
import org.cnnc.compiler.emit.ClassPlanner;
import org.cnnc.compiler.emit.ConstantPlan;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.emit.MemoryCompiler;
import org.cnnc.compiler.emit.MemoryLoader;
import org.cnnc.compiler.emit.source.FacadePlan.Features;
import org.cnnc.compiler.emit.source.FacadePlan.ProgramForms;
import org.cnnc.compiler.loop.Block;
import org.cnnc.compiler.loop.Buffer;
import org.cnnc.compiler.loop.BufferRow;
import org.cnnc.compiler.loop.Const;
import org.cnnc.compiler.loop.Expr;
import org.cnnc.compiler.loop.Fma;
import org.cnnc.compiler.loop.For;
import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.IndexVar;
import org.cnnc.compiler.loop.Load;
import org.cnnc.compiler.loop.LoopFunction;
import org.cnnc.compiler.loop.LoopProgram;
import org.cnnc.compiler.loop.Parameter;
import org.cnnc.compiler.loop.Phase;
import org.cnnc.compiler.loop.Stmt;
import org.cnnc.compiler.loop.Store;
import org.cnnc.compiler.loop.ValueType;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The facade answers, with the real runtime and a network of one fully connected layer. */
class FacadeEmitterTest {
  private static final List<String> LABELS = List.of("dark", "bright \"day\" \u623f", "class");

  private static final String DESCRIPTION =
      """
      cnnc "test"
      model "Light" hash "abc" kind prediction
      input "image" 1 1 2 scale 0.003921569 mean 0.0 std 1.0
      images "image" buffer 0
      buffer worker "image" 1 2
      buffer model "weight" 3 2
      buffer worker "scores" 1 3
      parameter "fc1.weight" dims 3 2 buffer 1 strides 2 1 fan_in 2
      value "image" dims 1 1 2 buffer 0 pitch 2
      value "scores" dims 3 buffer 2 pitch 3
      output "label" value "scores" labels "dark" "bright" "class"
      phase "forward" 1
      """;

  private static final Safetensors WEIGHTS =
      new Safetensors(
          "test",
          Map.of(),
          Map.of("fc1.weight", Tensor.of(List.of(3, 2), new float[] {-1, -1, 1, 1, 0, 0.5f})));

  private static ClassHeader header(String className) {
    return new ClassHeader(
        "org.example", className, "light.net", "cnnc test", List.of("Tells light from dark."));
  }

  private static FacadePlan plan(List<String> labels) {
    return new FacadePlan(
        header("Light"),
        new ProgramForms(Optional.of("LightPrediction"), Optional.empty()),
        Optional.empty(),
        List.of(1, 1, 2),
        "It is resized to 2 x 1 and scaled by 1/255.",
        3,
        labels,
        Optional.of(new Features("image", List.of(1, 1, 2))),
        List.of(new ConstantPlan("SCRATCH_BYTES", 20, "Bytes that one prediction works in.")));
  }

  private static GeneratedFile predictionClass() {
    Buffer image = new Buffer("image", Buffer.Scope.WORKER, 1, 2);
    Buffer weight = new Buffer("weight", Buffer.Scope.MODEL, 3, 2);
    Buffer scores = new Buffer("scores", Buffer.Scope.WORKER, 1, 3);
    IndexVar k = new IndexVar("k", 0, 2);
    Expr sum = new Const(0);
    for (int i = 0; i < 2; i++) {
      Expr pixel = new Load(new BufferRow(image, Index.of(0)), Index.of(i), ValueType.SCALAR);
      Expr factor = new Load(new BufferRow(weight, k), Index.of(i), ValueType.SCALAR);
      sum = new Fma(pixel, factor, sum);
    }
    Stmt store = new Store(new BufferRow(scores, Index.of(0)), k, sum);
    LoopFunction forward =
        new LoopFunction(
            "forward",
            List.of(
                new Parameter.Integer(new IndexVar("task", 0, 0)),
                new Parameter.Integer(new IndexVar("n", 1, 1))),
            Block.of(For.serial(k, Index.of(3), store)),
            "",
            3);
    LoopProgram program =
        new LoopProgram(
            "Light",
            1,
            List.of(image, weight, scores),
            List.of(forward),
            List.of(new Phase("forward", "forward", 1)));
    return JavaSourceEmitter.emit(
        ClassPlanner.plan(header("LightPrediction"), program, List.of(), DESCRIPTION));
  }

  private static MemoryLoader compile(List<String> labels) throws IOException {
    List<GeneratedFile> files = new ArrayList<>(FacadeEmitter.emit(plan(labels)));
    files.add(predictionClass());
    return new MemoryLoader(MemoryCompiler.compile(files));
  }

  private static Object load(MemoryLoader loader) throws ReflectiveOperationException {
    return loader
        .loadClass("org.example.Light")
        .getMethod("load", InputStream.class)
        .invoke(null, new ByteArrayInputStream(WEIGHTS.toBytes()));
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }

  private static Object classify(Object model, int... argb) throws ReflectiveOperationException {
    return model
        .getClass()
        .getMethod("classify", int[].class, int.class, int.class)
        .invoke(model, argb, argb.length, 1);
  }

  @Test
  void theFacadeReadsAsWrittenByHand() throws IOException {
    List<GeneratedFile> files = FacadeEmitter.emit(plan(LABELS));
    assertThat(files)
        .extracting(GeneratedFile::path)
        .containsExactly("org/example/Light.java", "org/example/LightImages.java");
    String text = new String(files.get(0).content(), StandardCharsets.US_ASCII);
    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    Golden.assertSame("Light.java.txt", text);
  }

  @Test
  void predictionsAreTheScores() throws IOException, ReflectiveOperationException {
    Object model = load(compile(LABELS));
    Object scores =
        model.getClass().getMethod("predict", float[].class).invoke(model, new float[] {1, 2});
    assertThat((float[]) scores).containsExactly(-3f, 3f, 1f);
  }

  @Test
  void answersNameTheExactLabel() throws IOException, ReflectiveOperationException {
    Object model = load(compile(LABELS));
    Object answer = classify(model, 0xffffffff, 0xffffffff);
    Object label = call(answer, "label");
    assertThat(label).hasToString("BRIGHT__DAY__\u623f");
    assertThat(call(label, "text")).isEqualTo(LABELS.get(1));
    assertThat(call(answer, "probability")).isEqualTo(2f);
    assertThat((float[]) call(answer, "scores")).containsExactly(-2f, 2f, 0.5f);
  }

  @Test
  void withoutLabelsAnswersHaveTheIndex() throws IOException, ReflectiveOperationException {
    Object model = load(compile(List.of()));
    assertThat(call(classify(model, 0xffffffff, 0xffffffff), "index")).isEqualTo(1);
    assertThat(call(classify(model, 0xff000000, 0xff000000), "index")).isEqualTo(0);
  }

  @Test
  void imagesOfTheDesktopAreClassifiedAsTheirPixels()
      throws IOException, ReflectiveOperationException {
    MemoryLoader loader = compile(LABELS);
    Object model = load(loader);
    Class<?> images = loader.loadClass("org.example.LightImages");
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(0, 0, 0, 51);
    BufferedImage colour = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    colour.setRGB(0, 0, 0x333333);
    BufferedImage deepGrey = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    deepGrey.getRaster().setSample(0, 0, 0, 51 * 257 + 128);
    for (BufferedImage image : List.of(grey, colour, deepGrey, deepColour())) {
      Object answer =
          images
              .getMethod("classify", model.getClass(), BufferedImage.class)
              .invoke(null, model, image);
      float pixel = 51 * 0.003921569f;
      assertThat((float[]) call(answer, "scores")).containsExactly(-pixel, pixel, 0f);
    }
  }

  /** As a PNG of 16 bits a channel is decoded; the level is rounded to that of the others. */
  private static BufferedImage deepColour() {
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    BufferedImage image =
        new BufferedImage(model, model.createCompatibleWritableRaster(2, 1), false, null);
    image.getRaster().setPixel(0, 0, new int[] {51 * 257 + 128, 51 * 257, 51 * 257 - 128});
    return image;
  }

  @Test
  void weightsLieBesideTheClassOrInAFile(@TempDir Path folder)
      throws IOException, ReflectiveOperationException {
    MemoryLoader loader = compile(LABELS).with("org/example/Light.safetensors", WEIGHTS.toBytes());
    Class<?> facade = loader.loadClass("org.example.Light");
    assertThat(facade.getMethod("load").invoke(null)).isInstanceOf(facade);
    Path file = folder.resolve("weights.safetensors");
    Files.write(file, WEIGHTS.toBytes());
    assertThat(facade.getMethod("load", Path.class).invoke(null, file)).isInstanceOf(facade);
  }

  @Test
  void missingWeightsAreSaidToBeMissing() throws IOException, ReflectiveOperationException {
    Class<?> facade = compile(LABELS).loadClass("org.example.Light");
    assertThatThrownBy(() -> facade.getMethod("load").invoke(null))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isInstanceOf(UncheckedIOException.class)
        .cause()
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("Light.safetensors");
  }
}
