package org.cnnc.benchmarks.comparison;

/**
 * What is measured; figures of the same work can be compared.
 *
 * @param net name of the network: {@code lenet28}
 * @param job {@code train} or {@code predict}
 * @param batch images of a step, or of a call
 * @param threads how many compute
 */
record Work(String net, String job, int batch, int threads) {
  @Override
  public String toString() {
    return net + ", " + job + ", batch " + batch + ", " + threads + " threads";
  }
}
