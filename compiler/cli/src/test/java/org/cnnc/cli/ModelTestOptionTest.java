package org.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code cnnc model.net --test DIR}: the generated test is compiled and run, as an app's build
 * does.
 */
class ModelTestOptionTest {
  @TempDir private Path folder;
  private Path model;
  private Path weights;
  private Path app;
  private Path test;

  @BeforeEach
  void writeFiles() throws IOException {
    model = TinyFiles.write(folder.resolve("tiny.net"), TinyFiles.CONVOLUTION);
    weights = writeWeights(folder.resolve("Tiny.safetensors"), 1);
    app = folder.resolve("app");
    test = folder.resolve("test");
  }

  private static Path writeWeights(Path file, long seed) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("conv1.weight", TinyFiles.random(seed, 2, 1, 3, 3));
    tensors.put("conv1.bias", TinyFiles.random(seed, 2));
    tensors.put("fc1.weight", TinyFiles.random(seed, 2, 32));
    tensors.put("fc1.bias", TinyFiles.random(seed, 2));
    return TinyFiles.save(file, tensors);
  }

  private Cnnc.Result compile(Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of(model, "-o", app, "--weights", weights, "--test", test));
    arguments.addAll(List.of(more));
    return Cnnc.run(arguments.toArray());
  }

  /** Compiles what was generated, and puts the weights beside the class. */
  private void build() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path root : List.of(app, test)) {
      try (Stream<Path> files = Files.walk(root)) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    String classPath =
        String.join(
            File.pathSeparator,
            app.toString(),
            test.toString(),
            System.getProperty("java.class.path"));
    List<String> options =
        List.of("-proc:none", "-Xlint:all", "-Werror", "-d", app.toString(), "-cp", classPath);
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      boolean done =
          javac
              .getTask(
                  messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(done).as(messages.toString()).isTrue();
    }
    Files.copy(weights, app.resolve("Tiny.safetensors"));
  }

  /** Runs a test method, and lets out what it throws. */
  private void run(String method) throws Throwable {
    URL[] roots = {app.toUri().toURL(), test.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(roots, getClass().getClassLoader())) {
      Class<?> type = loader.loadClass("TinyModelTest");
      Constructor<?> constructor = type.getDeclaredConstructor();
      Method run = type.getDeclaredMethod(method);
      constructor.setAccessible(true);
      run.setAccessible(true);
      assertThat(run.isAnnotationPresent(Test.class)).isTrue();
      run.invoke(constructor.newInstance());
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Test
  void theTestPassesAndTheAppGetsNoClassThatTrains() throws Throwable {
    Cnnc.Result result = compile("--predict-only");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("wrote " + test.resolve("TinyModelTest.java"))
        .contains("wrote " + test.resolve("Tiny.golden.safetensors"))
        .contains("wrote " + test.resolve("TinyTraining.java"));
    assertThat(app.resolve("TinyTraining.java")).doesNotExist();
    build();
    run("answersAreGolden");
    run("gradientsAreSlopesOfTheLoss");
  }

  @Test
  void anAppThatTrainsIsTestedItself() throws Throwable {
    compile();
    assertThat(app.resolve("TinyTraining.java")).exists();
    assertThat(test.resolve("TinyTraining.java")).doesNotExist();
    build();
    run("answersAreGolden");
    run("gradientsAreSlopesOfTheLoss");
  }

  /** Of bytecode there are both forms, and javac knows nothing of the Vector API. */
  @Test
  void bothFormsAreAsked() throws Throwable {
    compile("--predict-only", "--emit", "bytecode");
    build();
    run("answersAreGolden");
    run("vectorsAnswerTheSame");
    run("gradientsAreSlopesOfTheLoss");
  }

  /** The forms that an app trains with; the plain one is the test's own where the app has none. */
  @ParameterizedTest
  @ValueSource(strings = {"both", "vector"})
  void anAppThatTrainsWithVectorsIsTestedItself(String target) throws Throwable {
    compile("--emit", "bytecode", "--target", target);
    assertThat(app.resolve("TinyTrainingVector.class")).exists();
    assertThat(test.resolve("TinyTrainingVector.class")).doesNotExist();
    build();
    run("gradientsAreSlopesOfTheLoss");
    run("vectorsLearnByTheSameGradients");
  }

  /** The class of a network with another activation, which says that it is of this one. */
  @Test
  void aWrongAnswerOfTheVectorFormIsFound() throws Throwable {
    compile("--predict-only", "--emit", "bytecode");
    build();
    Path other = folder.resolve("other");
    Path otherModel =
        TinyFiles.write(folder.resolve("other.net"), TinyFiles.CONVOLUTION.replace("relu", "tanh"));
    assertThat(Cnnc.run(otherModel, "-o", other, "--predict-only", "--emit", "bytecode").exitCode())
        .isZero();
    String vectors = "TinyPredictionVector.class";
    String bytes = latin(Files.readAllBytes(other.resolve(vectors)));
    String hash = hash(latin(Files.readAllBytes(app.resolve(vectors))));
    assertThat(hash(bytes)).isNotEqualTo(hash);
    Files.write(
        app.resolve(vectors),
        bytes.replace(hash(bytes), hash).getBytes(StandardCharsets.ISO_8859_1));
    String scratch = "TinyPredictionVector$Scratch.class";
    Files.copy(other.resolve(scratch), app.resolve(scratch), StandardCopyOption.REPLACE_EXISTING);
    run("answersAreGolden");
    assertThatThrownBy(() -> run("vectorsAnswerTheSame"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Tiny.golden.safetensors: image 0, output ");
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** That of the model, in a class's text about itself. */
  private static String hash(String classFile) {
    Matcher hash = Pattern.compile("hash \"([0-9a-f]+)\"").matcher(classFile);
    assertThat(hash.find()).isTrue();
    return hash.group(1);
  }

  @Test
  void otherWeightsAreTold() throws IOException {
    compile("--predict-only");
    build();
    writeWeights(app.resolve("Tiny.safetensors"), 2);
    assertThatThrownBy(() -> run("answersAreGolden"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Tiny.golden.safetensors was made for the weights with SHA-256 ")
        .hasMessageEndingWith("this is no wrong answer: let cnnc make the test anew");
  }

  @Test
  void aSecondRunChangesNothingAndOtherWeightsMakeItAnew() throws IOException {
    compile();
    assertThat(compile().out())
        .contains("unchanged " + test.resolve("TinyModelTest.java"))
        .contains("unchanged " + test.resolve("Tiny.golden.safetensors"));
    writeWeights(weights, 2);
    assertThat(compile().out())
        .contains("unchanged " + test.resolve("TinyModelTest.java"))
        .contains("replaced " + test.resolve("Tiny.golden.safetensors"));
  }

  @Test
  void aFileOfTheUserIsNotReplaced() throws IOException {
    Files.createDirectories(test);
    Path own = Files.writeString(test.resolve("TinyModelTest.java"), "class TinyModelTest {}");
    Cnnc.Result result = compile();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains(own.toString()).contains("with --test");
  }

  @Test
  void withoutWeightsThereAreNoAnswers() {
    Cnnc.Result result = Cnnc.run(model, "-o", app, "--test", test);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("--test needs --weights: its golden answers are what they answer");
  }
}
