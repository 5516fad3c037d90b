/**
 * The page that tells of a training: what was learnt, how well, and from what. Facts come in, one
 * HTML text that needs nothing beside it goes out. Every text of the user's is escaped by {@code
 * MarkupWriter}; a page is sound XML, too. Knows no command line and writes no file.
 */
package org.cnnc.cli.report;
