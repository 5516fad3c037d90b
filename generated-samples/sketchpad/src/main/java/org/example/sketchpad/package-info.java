/**
 * A sketchpad that reads what is drawn on it, and shows how. Strokes and pictures come in over HTTP
 * ({@link org.example.sketchpad.SketchpadServer}), become ink, then a glyph as the network knows it
 * ({@link org.example.sketchpad.Ink}); the values of every layer go out ({@link
 * org.example.sketchpad.Recogniser}). New symbols are taught by a {@link
 * org.example.sketchpad.Classroom}. The page itself is made of the files in {@code page}.
 */
package org.example.sketchpad;
