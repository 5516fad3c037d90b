package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.contract.MethodSizes;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.emit.MemoryCompiler;
import org.cnnc.compiler.emit.MemoryLoader;
import org.cnnc.compiler.emit.source.JavaSourceEmitter;
import org.cnnc.compiler.train.KeptGradients;
import org.cnnc.runtime.Program;
import org.junit.jupiter.api.Test;

/** Many layers, and so hundreds of buffers and calls: methods are split, and mean the same. */
class DeepNetworkTest {
  private static final int HUGE_METHOD = 8000;

  /** Of methods that find or allocate buffers, and of constructors. */
  private static final int BUDGET = 2000;

  private static String network(int layers) {
    return """
        network Deep {
            input image[1, 4, 4];
            scores = image LAYERS -> flatten -> fc(2);
            output label = scores -> softmax;
            loss cross_entropy(label);
            train { batch = 2; }
        }
        """
        .replace("LAYERS", " -> conv(1, kernel = 3, padding = same) -> relu".repeat(layers / 2));
  }

  @Test
  void allBackendsAgree() throws IOException {
    Agreement.check(network(120), true);
  }

  @Test
  void fourHundredLayersTrainAndPredictInMethodsThatHotSpotCompiles() throws IOException {
    CompilerOptions most = CompilerOptions.DEFAULT.withKeptGradients(KeptGradients.PARAMETERS);
    CompilationResult result = Texts.compile("deep.net", network(400), most);
    CompiledProgram training = result.program(ProgramKind.TRAINING);
    CompiledProgram prediction = result.program(ProgramKind.PREDICTION);
    assertThat(training.plan().program().buffers()).hasSizeGreaterThan(2000);

    Map<String, byte[]> trainingSource = compiled(training);
    Map<String, byte[]> predictionSource = compiled(prediction);
    Stream.of(trainingSource, predictionSource, files(training), files(prediction))
        .flatMap(classes -> classes.values().stream())
        .forEach(DeepNetworkTest::assertMethodsAreSmall);

    Observed trained = Observed.training(Backend.BYTECODE.load(training), 2, 1, 1);
    assertThat(trained.lossesAreFinite()).isTrue();
    Observed.training(load(training, trainingSource), 2, 1, 1).assertSameAs(trained, "source");
    Observed predicted = Observed.prediction(Backend.BYTECODE.load(prediction));
    Observed.prediction(load(prediction, predictionSource)).assertSameAs(predicted, "source");
  }

  private static Program load(CompiledProgram program, Map<String, byte[]> classes) {
    return new MemoryLoader(classes).program(program.className());
  }

  private static Map<String, byte[]> compiled(CompiledProgram program) throws IOException {
    return MemoryCompiler.compile(List.of(JavaSourceEmitter.emit(program.plan())));
  }

  private static Map<String, byte[]> files(CompiledProgram program) {
    return program.files().stream()
        .collect(Collectors.toMap(GeneratedFile::path, GeneratedFile::content));
  }

  private static void assertMethodsAreSmall(byte[] file) {
    MethodSizes.of(file)
        .forEach(
            (method, size) -> {
              boolean ofBuffers = method.matches("(<init>|rows|allocateFrom).*");
              assertThat(size).as(method).isLessThan(ofBuffers ? BUDGET : HUGE_METHOD);
            });
  }
}
