package org.cnnc.compiler.memory;

import org.cnnc.compiler.loop.Buffer;

/**
 * Where the blocks of images sum the gradient of a parameter. Each block has {@code rows} rows, as
 * the parameter; a row is {@code pieces} pieces of {@code pieceLength} floats, {@code piecePitch}
 * apart: the parameter's row cut at the kernel rows, each with room for the last vector.
 */
public record PartialSums(Buffer buffer, int rows, int pieces, int pieceLength, int piecePitch) {}
