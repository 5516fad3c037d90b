/**
 * Labelled images: IDX files, folders of pictures, CIFAR-10 batches, CSV lists and safetensors come
 * in, a {@link org.cnnc.training.data.Dataset} goes out, in memory or on disk as an {@link
 * org.cnnc.training.data.ImageStore} chooses, or, to who asks for it, image after image as it lies
 * there ({@link org.cnnc.training.data.DataVisitor}).
 *
 * <p>{@code DataFolder} and {@code DataFile} are what lies on disk or in an {@code Archive}, which
 * is read in place; {@code FoundData} tells which form they have; each form is a {@code
 * StoredData}. Every reader checks before it allocates and names file, place and expectation in a
 * {@link org.cnnc.training.data.DataException}. Knows nothing of training.
 */
package org.cnnc.training.data;
