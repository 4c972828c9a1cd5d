package dev.espalier.store;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of an artifact without reading it.
 *
 * @param kind checkpoint, weights, data set, report and the like
 * @param touched when it was last put
 */
public record ArtifactHeader(
    String sha, String kind, long bytes, Map<String, String> meta, Instant touched) {
  public ArtifactHeader {
    meta = Collections.unmodifiableMap(new LinkedHashMap<>(meta));
  }
}
