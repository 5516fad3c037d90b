/**
 * How programs begin, while the VM still loads, interprets and compiles: a training's first
 * seconds, an app's first prediction. In: networks; out: times of whole processes.
 */
package org.cnnc.benchmarks.start;
