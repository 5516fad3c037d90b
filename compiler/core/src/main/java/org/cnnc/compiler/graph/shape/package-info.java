/**
 * Shapes of values and windows that move over them, with the arithmetic of their sizes. Depends on
 * nothing.
 */
package org.cnnc.compiler.graph.shape;
