package org.cnnc.maven;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cnnc.compiler.CompilationResult;
import org.cnnc.compiler.CompilerOptions.Emit;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.cost.Cost;
import org.cnnc.compiler.cost.Cost.Resource;
import org.cnnc.compiler.cost.Costs;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.graph.NetworkSummary;

/**
 * What a person wants to know of a network that was just compiled, in lines.
 *
 * @param emit the form of the classes that compute
 */
record CompilationFacts(CompilationResult result, Emit emit) {
  List<String> lines() {
    NetworkSummary network = NetworkSummary.of(result.network().orElseThrow());
    return List.of(
        String.format(
            Locale.ROOT,
            "  %,d parameters; a prediction takes %,d multiply-adds and %,d bytes of memory",
            network.parameters(),
            network.multiplyAdds(),
            predictionBytes()),
        String.format(
            Locale.ROOT,
            "  %,d bytes of %s that compute",
            programBytes(),
            emit == Emit.BYTECODE ? "classes" : "sources"));
  }

  /** Beside the parameters, which all predictions share. */
  private long predictionBytes() {
    return Costs.find(Costs.of(result, Set.of(ProgramKind.PREDICTION)), Resource.PREDICTION_ARENA)
        .map(Cost::bytes)
        .orElseThrow();
  }

  private long programBytes() {
    return result.programs().stream()
        .flatMap(program -> program.files().stream())
        .map(GeneratedFile::content)
        .mapToLong(content -> content.length)
        .sum();
  }
}
