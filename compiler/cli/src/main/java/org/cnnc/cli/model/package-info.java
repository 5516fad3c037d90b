/**
 * What commands work on: a checked model, its programs in memory, weights, data sets, generated
 * files. Paths come in; checked, ready things go out, or an exception that tells the user what is
 * wrong. May use the compiler, the runtime, training and {@code console}; knows no command line.
 */
package org.cnnc.cli.model;
