/** How a training begins, while the VM still interprets and compiles. */
package org.cnnc.benchmarks.start;
