package org.cnnc.training;

import org.cnnc.runtime.Program;
import org.cnnc.training.data.Split;

/**
 * What to train.
 *
 * @param training program of one training step; the caller has set its parameters
 * @param prediction program of the same network, which judges the validation data; the trainer sets
 *     its parameters
 * @param data to learn from and to judge by
 * @param settings how
 */
public record TrainingTask(
    Program training, Program prediction, Split data, TrainerSettings settings) {}
