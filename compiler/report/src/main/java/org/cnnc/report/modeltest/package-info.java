/**
 * The test that travels with a model: golden answers of its interpreter, for builds. It needs
 * compiler and runtime, which do not know each other; command and Maven plugin use both.
 */
package org.cnnc.report.modeltest;
