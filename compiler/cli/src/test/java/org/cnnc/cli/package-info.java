/** Tests of the command, most of them in this process: arguments in, exit code and text out. */
package org.cnnc.cli;
