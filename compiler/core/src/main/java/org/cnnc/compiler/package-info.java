/** From the syntax tree to source and bytecode. */
package org.cnnc.compiler;
