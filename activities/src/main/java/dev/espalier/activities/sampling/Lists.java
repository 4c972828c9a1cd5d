package dev.espalier.activities.sampling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.store.Store;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Lists as artifacts: canonical JSON arrays. */
public final class Lists {
  private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};
  private static final TypeReference<List<Row>> ROWS = new TypeReference<>() {};

  private final Store store;

  public Lists(Store store) {
    this.store = store;
  }

  /**
   * @return SHA-256 of the artifact
   */
  public String put(String kind, List<?> entries) {
    byte[] json = CanonicalJson.of(entries).getBytes(StandardCharsets.UTF_8);
    return store.artifacts().put(json, kind, Map.of());
  }

  /** An array of strings. */
  public List<String> architectures(String sha) {
    return read(sha, STRINGS);
  }

  /** The evaluated sample, in its order. */
  public List<Row> rows(String sha) {
    return read(sha, ROWS);
  }

  private <T> List<T> read(String sha, TypeReference<List<T>> type) {
    String json = new String(store.artifacts().get(sha), StandardCharsets.UTF_8);
    try {
      return Json.mapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("artifact %s is no such list".formatted(sha), e);
    }
  }
}
