/**
 * What the tests of other modules read the page of a report with; their jar of tests has it alone.
 */
package org.cnnc.report.testing;
