/**
 * What a shipped classifier needs, and nothing else: the contract of generated classes ({@link
 * org.cnnc.runtime.Program}), what they say about themselves, weights as safetensors, prediction
 * with a pool of scratch arenas, preprocessing of pixels, and the deterministic arithmetic that
 * generated code calls. Depends on {@code java.base} alone and knows neither the compiler nor the
 * trainer.
 */
package org.cnnc.runtime;
