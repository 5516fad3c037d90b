package org.cnnc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a training in a process of its own reads and writes.
 *
 * @param outFolder for weights and checkpoints alone
 * @param out weights
 * @param messages what the process says, if it is sent there
 */
record TinyTraining(
    Path model, Path data, Path outFolder, Path out, Path checkpoint, Path messages) {

  /** Writes a model and 40 images. */
  static TinyTraining in(Path folder, String model) throws IOException {
    Path outFolder = Files.createDirectory(folder.resolve("out"));
    return new TinyTraining(
        TinyFiles.write(folder.resolve("tiny.net"), model),
        TinyFiles.idx(folder.resolve("data"), 40),
        outFolder,
        outFolder.resolve("tiny.safetensors"),
        outFolder.resolve("tiny.checkpoint.safetensors"),
        folder.resolve("messages.txt"));
  }

  /** Words of a command that trains, in a process of its own; more may follow. */
  List<String> command(Path weights, String... javaOptions) {
    List<String> words = Cnnc.inItsOwnProcess(javaOptions);
    words.addAll(List.of("train", model.toString(), "--data", data.toString()));
    words.addAll(List.of("--out", weights.toString()));
    return words;
  }
}
