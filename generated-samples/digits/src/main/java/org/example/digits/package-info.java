/** Learns to read handwritten digits, and reads some. */
package org.example.digits;
