/**
 * Runs the stand-alone samples after their own builds: the demonstration of the README. A built
 * sample comes in, pictures, weights and answers go out. Every step is a Java process of its own,
 * as a user would start it; nothing of the compiler is called directly.
 */
package org.cnnc.samples;
