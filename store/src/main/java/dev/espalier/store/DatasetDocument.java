package dev.espalier.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data set: what it is, and which artifact holds its bytes.
 *
 * @param digest over its canonical bytes
 * @param kind {@code images}, {@code table}, {@code meta-database}, {@code features} or {@code
 *     latencies}
 * @param channels of an image; 0 for a table or meta-database, 1 for features
 * @param width of an image; the numbers of an image's features
 * @param classNames of the images; the devices of latencies
 * @param train number of images for training, or with features; rows of a table, meta-database or
 *     latencies
 * @param test number of images for tests; tasks of a meta-database
 * @param artifact the SHA-256 of the blob
 * @param format what it was imported from
 * @param features digest of the features of its images that a meta-database was made with; null
 *     where that is not known, and for everything else
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
    Instant imported,
    @Nullable String features) {
  public static final String IMAGES = "images";
  public static final String TABLE = "table";
  public static final String META_DATABASE = "meta-database";
  public static final String FEATURES = "features";
  public static final String LATENCIES = "latencies";

  public DatasetDocument {
    RecordChecks.id("a data set's digest", digest);
    RecordChecks.name("a data set's name", name);
    classNames = List.copyOf(classNames);
    imported = RecordChecks.stored(imported);
  }

  /** Of which no features are known. */
  public DatasetDocument(
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
    this(
        digest,
        name,
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
        imported,
        null);
  }

  /** The same meta-database, made with these features. */
  public DatasetDocument madeWith(@Nullable String itsFeatures) {
    return new DatasetDocument(
        digest,
        name,
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
        imported,
        itsFeatures);
  }

  /** What it is, in words. */
  public String words() {
    return words(kind);
  }

  /** What something of a kind is, in words. */
  public static String words(String kind) {
    return switch (kind) {
      case IMAGES -> "a set of images";
      case TABLE -> "a table of accuracies";
      case META_DATABASE -> "a meta-database";
      case FEATURES -> "features of images";
      case LATENCIES -> "measured latencies";
      default -> "of kind " + kind;
    };
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
        imported,
        features);
  }
}
