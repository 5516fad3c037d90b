package org.cnnc.compiler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnc.compiler.emit.GeneratedFile;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.Severity;

/**
 * What came of a compilation.
 *
 * @param diagnostics errors and warnings, in the order of the text
 * @param network the checked network; absent when there are errors
 * @param hash the model's hash; empty when there are errors
 * @param programs the programs asked for, of each its plain form first; empty when there are errors
 * @param facade the classes that an app names, where asked for
 */
public record CompilationResult(
    List<Diagnostic> diagnostics,
    Optional<NetworkGraph> network,
    String hash,
    List<CompiledProgram> programs,
    List<GeneratedFile> facade) {
  public CompilationResult {
    diagnostics = List.copyOf(diagnostics);
    programs = List.copyOf(programs);
    facade = List.copyOf(facade);
  }

  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(d -> d.code().severity() == Severity.ERROR);
  }

  /** The program of a kind that was asked for; of several forms the plain one. */
  public CompiledProgram program(ProgramKind kind) {
    return programs.stream().filter(p -> p.kind() == kind).findFirst().orElseThrow();
  }

  /** The class files of all programs, by the names of their classes, with dots. */
  public Map<String, byte[]> classFiles() {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    programs.forEach(program -> classes.putAll(program.classFiles()));
    return classes;
  }

  /** Every file made: the facade, then the programs. */
  public List<GeneratedFile> files() {
    List<GeneratedFile> all = new ArrayList<>(facade);
    programs.forEach(program -> all.addAll(program.files()));
    return all;
  }
}
