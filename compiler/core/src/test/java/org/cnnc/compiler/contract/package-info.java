/**
 * Tests of what generated classes promise beside their results: size, line numbers, the same bytes
 * each time, nothing left over, nothing allocated. They take whole networks through the compiler.
 */
package org.cnnc.compiler.contract;
