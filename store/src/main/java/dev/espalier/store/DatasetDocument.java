package dev.espalier.store;

import java.time.Instant;
import java.util.List;

/**
 * A data set: what it is, and which artifact holds its bytes.
 *
 * @param digest over its canonical bytes
 * @param kind {@code images} or {@code table}
 * @param channels of an image; 0 for a table
 * @param train number of images for training; rows of a table
 * @param artifact the SHA-256 of the blob
 * @param format what it was imported from
 */
public record DatasetDocument(
    String digest,
    String name,
    String kind,
    int channels,
    int height,
    int width,
    int classes,
    List<String> classNames,
    int train,
    int test,
    String artifact,
    String format,
    Instant imported) {
  public static final String IMAGES = "images";
  public static final String TABLE = "table";

  public DatasetDocument {
    RecordChecks.id("a data set's digest", digest);
    RecordChecks.name("a data set's name", name);
    classNames = List.copyOf(classNames);
    imported = RecordChecks.stored(imported);
  }

  DatasetDocument named(String other) {
    return new DatasetDocument(
        digest,
        other,
        kind,
        channels,
        height,
        width,
        classes,
        classNames,
        train,
        test,
        artifact,
        format,
        imported);
  }
}
