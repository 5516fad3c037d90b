/**
 * Draws networks for people. A checked graph comes in, a text goes out: SVG, as the lecture draws a
 * network, or the languages of Graphviz and Mermaid. {@code Sketch} says what is drawn, whatever
 * the format: layers, arrows, named stages. May use the graph, and nothing below it.
 */
package org.cnnc.compiler.drawing;
