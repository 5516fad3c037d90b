/**
 * Tests of the sketchpad: the parts, the server over HTTP with several hundred handwritten digits,
 * and the page in a browser.
 */
package org.example.sketchpad;
