/**
 * Labelled images: IDX files, folders of pictures and safetensors come in, a {@link
 * org.cnnc.training.data.Dataset} in memory goes out. Every reader checks before it allocates and
 * names file, place and expectation in a {@link org.cnnc.training.data.DataException}. Knows
 * nothing of training.
 */
package org.cnnc.training.data;
