package dev.espalier.api.catalogue;

import dev.espalier.store.DatasetDocument;
import java.time.Instant;
import java.util.List;

/**
 * An imported data set.
 *
 * @param kind images or table
 * @param train number of training images; rows of a table
 */
public record DataView(
    String name,
    String kind,
    String digest,
    int channels,
    int height,
    int width,
    int classes,
    List<String> classNames,
    int train,
    int test,
    String format,
    Instant imported) {
  public DataView {
    classNames = List.copyOf(classNames);
  }

  static DataView of(DatasetDocument dataset) {
    return new DataView(
        dataset.name(),
        dataset.kind(),
        dataset.digest(),
        dataset.channels(),
        dataset.height(),
        dataset.width(),
        dataset.classes(),
        dataset.classNames(),
        dataset.train(),
        dataset.test(),
        dataset.format(),
        dataset.imported());
  }
}
