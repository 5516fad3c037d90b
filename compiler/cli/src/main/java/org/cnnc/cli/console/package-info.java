/**
 * What a command says and how: lines for people, JSON for programs, messages for mistakes, exit
 * codes. Writers come in, text goes out. Depends on picocli, and of cnnc only on the exceptions
 * that tell of the user's mistakes.
 */
package org.cnnc.cli.console;
