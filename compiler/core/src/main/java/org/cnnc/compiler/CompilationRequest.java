package org.cnnc.compiler;

import org.cnnc.grammar.source.SourceFile;

/** A model and what to make of it. */
public record CompilationRequest(SourceFile source, CompilerOptions options) {}
