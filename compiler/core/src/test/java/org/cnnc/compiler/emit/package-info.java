/** Tests of the emitters, and what runs emitted programs in tests. */
package org.cnnc.compiler.emit;
