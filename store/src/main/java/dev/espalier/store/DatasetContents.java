package dev.espalier.store;

import java.util.List;

/**
 * What a data set has, and how much of it.
 *
 * @param channels of an image; 0 for a table or meta-database, 1 for features
 * @param width of an image; the numbers of an image's features
 * @param classNames of the images; the devices of latencies
 * @param train number of images for training, or with features; rows of a table, meta-database or
 *     latencies
 * @param test number of images for tests; tasks of a meta-database
 */
public record DatasetContents(
    int channels,
    int height,
    int width,
    int classes,
    List<String> classNames,
    int train,
    int test) {
  public DatasetContents {
    classNames = List.copyOf(classNames);
  }
}
