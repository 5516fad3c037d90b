package org.cnnc.grammar.source;

/**
 * A source text and the name it goes by in messages. Offsets into {@code text} are UTF-16 units
 * from 0.
 */
public record SourceFile(String name, String text) {}
