/**
 * Training and judging a network: generated programs, data sets and settings come in, weights,
 * checkpoints and metrics go out. Results depend on the model, the seed, the data and the compiled
 * batch alone, never on threads or time. A {@link org.cnnc.training.Teacher} goes on training
 * inside an app. Depends on {@code org.cnnc.runtime} and, for reading pictures, on {@code
 * javax.imageio}.
 */
package org.cnnc.training;
