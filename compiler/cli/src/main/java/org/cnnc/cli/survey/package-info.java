/**
 * What a data set is like: images come in one after the other, counts, sizes, duplicates and a
 * contact sheet come out, for {@code cnnc data}. Knows no command line and writes no file.
 */
package org.cnnc.cli.survey;
