/** JMH benchmarks. */
package org.cnnc.benchmarks;
