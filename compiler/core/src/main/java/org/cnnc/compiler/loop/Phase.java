package org.cnnc.compiler.loop;

/**
 * A part of a step whose tasks may run at the same time, in any order, on any worker; the next
 * phase begins when all are done. Tasks of a phase write to different places, so no result depends
 * on who ran what.
 *
 * @param name what it does, for people and profiles
 * @param function called with two integer parameters: {@code task} (0 .. tasks - 1) and {@code n},
 *     the number of images
 * @param tasks number of tasks
 */
public record Phase(String name, String function, int tasks) {}
