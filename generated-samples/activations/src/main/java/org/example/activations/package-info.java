/** Trains one network with five activations, and draws how fast each learns. */
package org.example.activations;
