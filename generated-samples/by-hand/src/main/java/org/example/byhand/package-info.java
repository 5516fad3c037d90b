/** The worked examples of a lecture, computed by networks of one layer each. */
package org.example.byhand;
