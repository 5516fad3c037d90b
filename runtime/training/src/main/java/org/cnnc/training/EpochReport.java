package org.cnnc.training;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an epoch brought.
 *
 * @param epoch the epoch, from 1
 * @param epochs how many there will be
 * @param meanLoss mean loss of the training images, each at the time it was learnt
 * @param trainingAccuracy part of them that were named rightly at that time; empty if the program
 *     does not keep its scores
 * @param validation the network after the epoch, judged on the validation data
 * @param best whether these are the best weights so far
 * @param imagesPerSecond training speed, without validation
 */
public record EpochReport(
    int epoch,
    int epochs,
    double meanLoss,
    OptionalDouble trainingAccuracy,
    Optional<Evaluation> validation,
    boolean best,
    double imagesPerSecond) {}
