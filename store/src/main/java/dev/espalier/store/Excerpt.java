package dev.espalier.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.Document;

/**
 * Copies out of a store what stages of an experiment need to be computed again: what those before
 * them came to, and all that this names, with the data. The other store shares nothing with it.
 *
 * <p>What is named is told by its SHA-256, wherever it stands: in specifications, results,
 * measurements, and in artifacts that are no larger than sixteen megabytes, such as lists.
 */
public final class Excerpt {
  private static final Pattern SHA = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");
  private static final long READ_UP_TO = 16L << 20;

  private final Store from;
  private final Store to;
  private final Function<String, List<String>> recordedAs;
  private final Set<String> taken = new HashSet<>();
  private final Set<String> data = new HashSet<>();

  /**
   * @param recordedAs under which other ids an evaluation may be recorded
   */
  public Excerpt(Store from, Store to, Function<String, List<String>> recordedAs) {
    this.from = from;
    this.to = to;
    this.recordedAs = recordedAs;
  }

  /** A finished stage: its result and measurements, with all that they name. */
  public void stage(String key) {
    copy("stages", key);
    for (String collection : List.of("measurements", "series")) {
      for (Document each : from.collection(collection).findByPrefix(key + "/")) {
        to.collection(collection).insert(each);
        named(each.toJson());
      }
    }
    from.stages().find(key).map(StageDocument::result).ifPresent(this::named);
  }

  /** All that a text names. */
  public void named(String text) {
    Matcher found = SHA.matcher(text);
    while (found.find()) {
      take(found.group());
    }
  }

  /** The data sets and models that a text names, and nothing else. */
  public void dataNamed(String text) {
    Matcher found = SHA.matcher(text);
    while (found.find()) {
      takeData(found.group());
    }
  }

  /** The data sets and models of these names. */
  public void called(Collection<String> names) {
    for (String name : names) {
      from.datasets().byName(name).ifPresent(found -> called("datasetNames", name, found.digest()));
      from.models().byName(name).ifPresent(found -> called("modelNames", name, found.digest()));
    }
  }

  /** A data set under a name, whatever has that name by now. */
  public void called(String name, String digest) {
    called("datasetNames", name, digest);
  }

  private void called(String names, String name, String digest) {
    takeData(digest);
    to.collection(names).insert(new Document("_id", name).append("digest", digest));
  }

  private void take(String sha) {
    if (!taken.add(sha)) {
      return;
    }
    takeData(sha);
    for (String id : recordedAs.apply(sha)) {
      copy("evaluations", id).ifPresent(found -> named(found.toJson()));
    }
    artifact(sha);
  }

  private void takeData(String sha) {
    if (data.add(sha)) {
      copy("datasets", sha).ifPresent(found -> named(found.toJson()));
      copy("models", sha).ifPresent(found -> named(found.toJson()));
    }
  }

  private Optional<Document> copy(String collection, String id) {
    Optional<Document> found = from.collection(collection).find(id);
    found.ifPresent(document -> to.collection(collection).insert(document));
    return found;
  }

  private void artifact(String sha) {
    ArtifactHeader header = from.artifacts().header(sha).orElse(null);
    if (header == null || header.kind().equals(CheckpointRef.KIND) || to.artifacts().exists(sha)) {
      return;
    }
    try (InputStream in = from.artifacts().open(sha)) {
      to.artifacts().put(sha, header.bytes(), in, header.kind(), header.meta());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (header.bytes() <= READ_UP_TO) {
      named(new String(to.artifacts().get(sha), StandardCharsets.ISO_8859_1));
    }
  }
}
