package org.cnnc.grammar.diagnostic;

import org.cnnc.grammar.source.Span;

/** A place in the source and a few words about it. */
public record Label(Span span, String text) {}
