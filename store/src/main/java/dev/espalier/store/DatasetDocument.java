package dev.espalier.store;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data set: what it is, and which artifact holds its bytes.
 *
 * @param digest over its canonical bytes
 * @param kind {@code images}, {@code table}, {@code meta-database}, {@code features} or {@code
 *     latencies}
 * @param contents what it has, and how much of it
 * @param artifact the SHA-256 of the blob
 * @param format what it was imported from
 * @param features digest of the features of its images that a meta-database was made with; null
 *     where that is not known, and for everything else
 */
public record DatasetDocument(
    String digest,
    String name,
    String kind,
    @JsonUnwrapped DatasetContents contents,
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
    imported = RecordChecks.stored(imported);
  }

  /** Of which no features are known. */
  public DatasetDocument(
      String digest,
      String name,
      String kind,
      DatasetContents contents,
      String artifact,
      String format,
      Instant imported) {
    this(digest, name, kind, contents, artifact, format, imported, null);
  }

  /** The same meta-database, made with these features. */
  public DatasetDocument madeWith(@Nullable String itsFeatures) {
    return new DatasetDocument(
        digest, name, kind, contents, artifact, format, imported, itsFeatures);
  }

  public int channels() {
    return contents.channels();
  }

  public int height() {
    return contents.height();
  }

  public int width() {
    return contents.width();
  }

  public int classes() {
    return contents.classes();
  }

  public List<String> classNames() {
    return contents.classNames();
  }

  public int train() {
    return contents.train();
  }

  public int test() {
    return contents.test();
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
    return new DatasetDocument(digest, other, kind, contents, artifact, format, imported, features);
  }
}
