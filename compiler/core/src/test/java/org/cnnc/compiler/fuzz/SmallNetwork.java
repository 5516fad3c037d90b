package org.cnnc.compiler.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.run.Backend;
import org.cnnc.compiler.run.Texts;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.StoredTensors;

/** The network that hostile files are read for: images of three channels and 8 x 8 pixels. */
record SmallNetwork(Program program, ProgramInfo info) {
  /** What most data are of. */
  static final int CLASSES = 3;

  private static final String TEXT =
      """
      network Small {
          input image[3, 8, 8];
          output label = image -> conv(2, kernel = 3) -> flatten -> fc(%d) -> softmax;
          loss cross_entropy(label);
      }
      """;

  /** A new one, compiled to bytecode. */
  static SmallNetwork compile(int classes) {
    try {
      Program program =
          Backend.BYTECODE.load(
              Texts.compile("small.net", TEXT.formatted(classes), CompilerOptions.DEFAULT)
                  .program(ProgramKind.PREDICTION));
      return new SmallNetwork(program, ProgramInfo.parse(program.description()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of its weights. */
  static byte[] weights() {
    SmallNetwork network = compile(CLASSES);
    Parameters.initialise(network.program, network.info, 1);
    StoredTensors stored = new StoredTensors(network.program, network.info);
    Map<String, String> metadata = Map.of(Parameters.HASH_KEY, network.info.hash());
    return new Safetensors("weights", metadata, stored.parameters()).toBytes();
  }
}
