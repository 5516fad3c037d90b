package org.cnnc.compiler.emit;

/**
 * A file that the compiler made.
 *
 * @param path where it belongs, relative to the output folder, with {@code /}: {@code
 *     org/example/Digits.java}
 * @param content its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed over once, never compared
public record GeneratedFile(String path, byte[] content) {}
