/**
 * Ways to run compiled programs in tests: interpreted, from source, from bytecode, behind the
 * runtime's interface.
 */
package org.cnnc.compiler.run;
