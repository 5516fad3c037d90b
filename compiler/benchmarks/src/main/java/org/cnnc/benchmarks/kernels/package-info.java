/**
 * Single operations and how their speed grows with their sizes, in GFLOP/s: small networks, made by
 * the compiler as any other, run on one thread.
 */
package org.cnnc.benchmarks.kernels;
