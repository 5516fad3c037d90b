package org.cnnc.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The main job from beginning to end: draws pictures of houses, persons and trees, trains the
 * network of the sample on them, and lets the sample's app name three that it has never seen.
 */
public final class Demo {
  private final HousePersonTreeSample sample;
  private final Path pictures;
  private final Path weights;

  private Demo(Path sample, Path output) {
    this.sample = new HousePersonTreeSample(sample);
    this.pictures = output.resolve("pictures");
    this.weights = output.resolve("HousePersonTree.safetensors");
  }

  /**
   * Runs it.
   *
   * @param arguments the built sample's folder, and a folder for what is made
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path output = Files.createDirectories(Path.of(arguments[1]));
    new Demo(Path.of(arguments[0]), output).run();
  }

  private void run() throws IOException, InterruptedException {
    say("Drawing pictures of houses, persons and trees.");
    sample.pictureGenerator(pictures).runHere();
    say("Training the network of " + sample.network().getFileName() + " on them.");
    JavaProcess.cnnc(
            "train",
            sample.network().toString(),
            "--data",
            pictures.toString(),
            "--out",
            weights.toString(),
            "--force")
        .runHere();
    say("Asking the compiled class about three pictures that it has never seen.");
    sample
        .classify(
            "--weights", weights.toString(), unseen("house"), unseen("person"), unseen("tree"))
        .runHere();
  }

  private String unseen(String subject) {
    return pictures.resolve("test").resolve(subject).resolve("0001.png").toString();
  }

  private static void say(String text) {
    System.out.println();
    System.out.println(text);
  }
}
