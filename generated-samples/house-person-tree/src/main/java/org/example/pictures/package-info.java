/**
 * An app that tells houses, persons and trees apart: {@link org.example.pictures.Classify} asks the
 * class {@code HousePersonTree}, which the build compiles from {@code HousePersonTree.net}. {@link
 * org.example.pictures.PictureGenerator} draws the pictures that the network learns from.
 */
package org.example.pictures;
