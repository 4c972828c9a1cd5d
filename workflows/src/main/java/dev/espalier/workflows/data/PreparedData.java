package dev.espalier.workflows.data;

/**
 * A data set that is in the store.
 *
 * @param dataDigest names its bytes; every later stage's key holds it
 * @param train number of training images
 * @param test number of test images
 */
public record PreparedData(
    String dataDigest, int channels, int height, int width, int classes, int train, int test) {}
