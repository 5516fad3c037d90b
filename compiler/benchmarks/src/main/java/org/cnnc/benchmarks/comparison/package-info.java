/**
 * Ours beside what a user would otherwise pick: processes that measure, taken in turns, and the
 * ratios of their figures.
 */
package org.cnnc.benchmarks.comparison;
