package org.cnnc.compiler.emit.source;

import java.util.Optional;
import org.cnnc.compiler.emit.ClassHeader;

/**
 * The test class that travels with a model.
 *
 * @param header names of the test, in the package of the model
 * @param model simple name of the class that an app names
 * @param prediction simple name of a class that predicts
 * @param vectors simple name of one that predicts with the Vector API; absent if there is none, or
 *     no other
 * @param training simple name of the class that trains; absent without a loss
 * @param vectorTraining simple name of the app's class that trains with the Vector API; absent if
 *     there is none
 * @param goldenResource file name of the recorded answers, which lie beside the test
 */
public record ModelTestPlan(
    ClassHeader header,
    String model,
    String prediction,
    Optional<String> vectors,
    Optional<String> training,
    Optional<String> vectorTraining,
    String goldenResource) {}
