/** The command {@code cnnc}. */
package org.cnnc.cli;
