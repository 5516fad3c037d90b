package org.cnnc.maven;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.cnnc.compiler.CompilationRequest;
import org.cnnc.compiler.Compiler;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.TargetChoice;
import org.cnnc.compiler.TuningFile;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.grammar.source.SourceFile;
import org.cnnc.runtime.RandomSource;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;

/** The network of the test projects, without Maven. */
final class Stripes {
  /** What all weights that are written here say of themselves. */
  static final Map<String, String> METADATA =
      Map.of("cnnc.validation.accuracy", "0.987500", "cnnc.data", "stripes, 80 pictures");

  private Stripes() {}

  /** Writes the network to where projects have theirs. */
  static Path writeNetwork(Path project) throws IOException, URISyntaxException {
    Path file = project.resolve("src/main/cnnc/org/example/Stripes.net");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text());
  }

  /** The network, as all test projects begin with it. */
  static String text() throws IOException, URISyntaxException {
    String file = "/projects/train/src/main/cnnc/org/example/Stripes.net";
    return Files.readString(Path.of(Stripes.class.getResource(file).toURI()));
  }

  /**
   * The files that the compiler makes of a network, with weights written here, for an app that
   * predicts, by their paths.
   */
  static Map<String, byte[]> compile(Path network) throws SourceException {
    return compile(network, "org.example");
  }

  /** The same of a network of another package. */
  static Map<String, byte[]> compile(Path network, String packageName) throws SourceException {
    CompilerOptions options =
        TargetChoice.BOTH
            .in(CompilerOptions.DEFAULT)
            .withFacade(true)
            .withPackageName(packageName)
            .withWeightsMetadata(METADATA)
            .withPrograms(ProgramKind.PREDICTION);
    CompilationRequest request = new CompilationRequest(SourceFile.read(network), options);
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (GeneratedFile file : Compiler.compile(request).files()) {
      files.put(file.path(), file.content());
    }
    return files;
  }

  /** A file of tiles for a network of this kind, which are not those of the cost model. */
  static String oddTiles(Path network) throws SourceException {
    NetworkGraph graph =
        Compiler.check(SourceFile.read(network), new DiagnosticLog()).orElseThrow();
    return "version 2\nhash "
        + TuningFile.hashOf(graph)
        + "\ntile plain conv1 2 sums 1 vectors\ntile vector conv1 1 sums 2 vectors\n";
  }

  /**
   * Writes weights that see nothing: the scores are the biases, whatever the picture.
   *
   * @param channels of the convolution
   */
  static void writeWeights(Path file, int channels, float lying, float standing)
      throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("conv1.weight", Tensor.of(List.of(channels, 1, 3, 3), new float[channels * 9]));
    tensors.put("conv1.bias", Tensor.of(List.of(channels), new float[channels]));
    tensors.put("fc1.weight", Tensor.of(List.of(2, channels * 9), new float[channels * 18]));
    tensors.put("fc1.bias", Tensor.of(List.of(2), new float[] {lying, standing}));
    Files.createDirectories(file.getParent());
    new Safetensors("Stripes", METADATA, tensors).write(file);
  }

  /** Writes weights that are random numbers. */
  static void writeRandomWeights(Path file, long seed) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("conv1.weight", random(seed, List.of(4, 1, 3, 3)));
    tensors.put("conv1.bias", random(seed, List.of(4)));
    tensors.put("fc1.weight", random(seed, List.of(2, 36)));
    tensors.put("fc1.bias", random(seed, List.of(2)));
    Files.createDirectories(file.getParent());
    new Safetensors("Stripes", METADATA, tensors).write(file);
  }

  private static Tensor random(long seed, List<Integer> dims) {
    float[] values = new float[dims.stream().reduce(1, Math::multiplyExact)];
    RandomSource random = RandomSource.of(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.uniform(-1, 1);
    }
    return Tensor.of(dims, values);
  }

  /** Draws pictures of both classes, as many of each. */
  static void draw(Path folder, int each) throws IOException {
    for (int i = 0; i < each; i++) {
      drawOne(folder.resolve("lying/" + i + ".png"), true, i);
      drawOne(folder.resolve("standing/" + i + ".png"), false, i);
    }
  }

  /** Bright and dark stripes, a pixel or two wide, the bright ones of different greys. */
  static void drawOne(Path file, boolean lying, int number) throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    int width = 1 + number % 2;
    for (int place = 0; place < 64; place++) {
      int across = lying ? place / 8 : place % 8;
      boolean bright = (across + number / 2) / width % 2 == 0;
      int grey = bright ? 255 - number : number;
      image.getRaster().setSample(place % 8, place / 8, 0, grey);
    }
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }
}
