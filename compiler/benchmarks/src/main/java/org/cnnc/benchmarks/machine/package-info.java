/** What a machine does whatever runs on it, to be told apart from what our code does. */
package org.cnnc.benchmarks.machine;
