/** Explains layers: how they are computed, why so, and how fast. */
package org.cnnc.cli.explain;
