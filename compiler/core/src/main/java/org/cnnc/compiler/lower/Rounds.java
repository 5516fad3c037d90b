package org.cnnc.compiler.lower;

import org.cnnc.compiler.loop.Index;
import org.cnnc.compiler.loop.Stmt;

/** The loops over the terms of a sum, each of which is one vector times one float a sum. */
interface Rounds {
  /** Writes the loops around what is done with a term. */
  Stmt each(Term term);

  /** What is done with the term whose operands lie so far from where those of the first lie. */
  interface Term {
    Stmt at(Index vectorOffset, Index scalarOffset);
  }
}
