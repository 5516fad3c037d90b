/**
 * Options that several commands share, as picocli mixins: a command line comes in, checked values
 * go out. May use {@code model} and {@code console}.
 */
package org.cnnc.cli.option;
