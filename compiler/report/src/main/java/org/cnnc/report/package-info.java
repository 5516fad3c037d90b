/**
 * What a person wants to see of a model: the page that tells of a training, how well it learnt and
 * from what; pictures; numbers in words. Facts come in, one HTML text that needs nothing beside it
 * goes out. Every text of the user's is escaped by {@code MarkupWriter}; a page is sound XML, too.
 * Knows neither command line nor build, and writes no file.
 */
package org.cnnc.report;
