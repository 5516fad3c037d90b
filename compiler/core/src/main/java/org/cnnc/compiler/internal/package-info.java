/**
 * What every level may use and no user should see: the error that tells of a bug in the compiler.
 * Depends on nothing.
 */
package org.cnnc.compiler.internal;
