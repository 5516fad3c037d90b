/**
 * Decodes pictures: the bytes of a PNG, JPEG, BMP or GIF file come in, a {@link
 * org.cnnc.runtime.Picture} of red, green and blue goes out, upright and with eight bits a channel.
 * Nothing is allocated that the number of bytes does not justify. Knows no files and no data sets;
 * needs java.desktop.
 */
package org.cnnc.training.picture;
