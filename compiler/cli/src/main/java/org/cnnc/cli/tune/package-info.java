/** Tries other tiles on this machine, and keeps those that are clearly faster. */
package org.cnnc.cli.tune;
