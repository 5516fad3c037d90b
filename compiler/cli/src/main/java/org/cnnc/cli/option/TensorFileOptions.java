package org.cnnc.cli.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.UserException;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.Tensor;
import picocli.CommandLine.Option;

/** A safetensors file to read and one to write. */
public final class TensorFileOptions {
  @Option(
      names = {"-i", "--input"},
      required = true,
      paramLabel = "X",
      description = "Safetensors file to read.")
  private Path input;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "Y",
      description = "Safetensors file to write; an older one is replaced.")
  private Path output;

  /**
   * Reads the input.
   *
   * @param inputs all files that are read, the input among them
   * @throws UserException if the output would replace one of them
   */
  public Safetensors read(Path... inputs) throws IOException, UserException {
    Safetensors content = Safetensors.read(input);
    for (Path file : inputs) {
      expectOther(file);
    }
    expectOther(input);
    return content;
  }

  private void expectOther(Path file) throws IOException, UserException {
    if (Files.exists(output) && Files.exists(file) && Files.isSameFile(output, file)) {
      throw new UserException(output + ": the output would replace what is read");
    }
  }

  /**
   * A tensor of the input.
   *
   * @param shape what its shape should be like, for messages
   * @throws UserException if it is not there or has another number of dimensions
   */
  public Tensor tensor(Safetensors content, String name, int dimensions, String shape)
      throws UserException {
    Tensor tensor = content.tensors().get(name);
    if (tensor == null) {
      throw new UserException(
          input + ": expected a tensor \"" + name + "\", found " + content.tensors().keySet());
    }
    if (tensor.dims().size() != dimensions || tensor.values().length == 0) {
      throw misshapen(name, shape, tensor.dims());
    }
    return tensor;
  }

  /** A tensor of the input has a shape that does not do. */
  public UserException misshapen(String name, String expected, List<Integer> found) {
    return new UserException(
        input + ": tensor \"" + name + "\": expected shape " + expected + ", found " + found);
  }

  /** A message about the input. */
  public UserException wrongInput(String problem) {
    return new UserException(input + ": " + problem);
  }

  /** Writes the output and says so. */
  public void write(Safetensors content, Console console) throws IOException {
    boolean replaced = Files.exists(output);
    content.write(output);
    console.message((replaced ? "replaced " : "wrote ") + output);
  }
}
