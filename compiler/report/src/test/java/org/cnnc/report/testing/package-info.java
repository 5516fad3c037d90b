/**
 * What the tests of other modules read a report's page and measure an app's arrays with; their jar
 * of tests has it alone.
 */
package org.cnnc.report.testing;
