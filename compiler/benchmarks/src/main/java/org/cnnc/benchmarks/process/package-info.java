/**
 * Programs of their own that a benchmark starts. In: a command; out: what it printed, and its time.
 */
package org.cnnc.benchmarks.process;
