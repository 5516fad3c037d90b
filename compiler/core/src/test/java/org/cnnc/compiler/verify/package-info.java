/** The tests that travel with models, over the corpus. */
package org.cnnc.compiler.verify;
