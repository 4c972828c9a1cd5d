package dev.espalier.store;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trained model that can be used again: what it is, and which artifact holds its bytes.
 *
 * @param digest over its canonical bytes
 * @param kind such as {@code metad2a-generator}
 * @param space that it is about, or empty
 * @param sizes of its layers, by name; a model of other sizes is another one
 * @param artifact the SHA-256 of the blob, safetensors
 * @param format what it was imported from, or {@code trained}
 * @param origin where it comes from, by name: the file, or experiment, stage and epoch
 */
public record ModelDocument(
    String digest,
    String name,
    String kind,
    String space,
    Map<String, String> sizes,
    String artifact,
    String format,
    Map<String, String> origin,
    Instant imported) {
  /** The format of what this platform trained. */
  public static final String TRAINED = "trained";

  public ModelDocument {
    RecordChecks.id("a model's digest", digest);
    RecordChecks.name("a model's name", name);
    sizes = Collections.unmodifiableMap(new TreeMap<>(sizes));
    origin = Collections.unmodifiableMap(new TreeMap<>(origin));
    imported = RecordChecks.stored(imported);
  }

  ModelDocument named(String other) {
    return new ModelDocument(digest, other, kind, space, sizes, artifact, format, origin, imported);
  }
}
