/**
 * The command {@code cnnc}: one class a command, each thin: it checks its options, asks the
 * compiler, the runtime and training to do the work, and prints. Arguments come in; files, lines
 * and an exit code go out. Nothing depends on it.
 */
package org.cnnc.cli;
