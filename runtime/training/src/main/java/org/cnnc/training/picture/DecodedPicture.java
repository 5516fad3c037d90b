package org.cnnc.training.picture;

import org.cnnc.runtime.Picture;

/**
 * A picture, and what its file really was, whatever its name says.
 *
 * @param picture upright
 */
public record DecodedPicture(PictureFormat format, Picture picture) {}
