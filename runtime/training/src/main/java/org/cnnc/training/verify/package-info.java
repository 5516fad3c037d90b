/**
 * What the generated test of a model calls: an app's own build verifies on its JVM that the model
 * answers as it did when it was compiled, and that the gradients it learns by are right. Programs,
 * weights and recorded answers come in; what is wrong goes out as an {@link AssertionError} that
 * any test framework shows. Depends on {@code org.cnnc.training} and {@code org.cnnc.runtime}.
 */
package org.cnnc.training.verify;
