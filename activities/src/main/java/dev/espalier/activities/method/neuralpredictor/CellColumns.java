package dev.espalier.activities.method.neuralpredictor;

import dev.espalier.learning.predictor.Columns;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.neuralpredictor.FitSettings;
import dev.espalier.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where architectures stand by each indicator that was measured of them, as an artifact.
 *
 * @param names of the indicators
 * @param standings by canonical string, one number for each name: above 0, and 1 for the best
 */
record CellColumns(List<String> names, Map<String, List<Double>> standings) {
  private static final CellColumns NONE = new CellColumns(List.of(), Map.of());

  CellColumns {
    names = List.copyOf(names);
    standings = new TreeMap<>(standings);
  }

  /**
   * @param sha of the artifact; null where nothing was measured
   */
  static CellColumns read(Store store, @Nullable String sha) {
    return sha == null
        ? NONE
        : Json.read(
            new String(store.artifacts().get(sha), StandardCharsets.UTF_8), CellColumns.class);
  }

  /**
   * @return SHA-256 of the artifact
   */
  String keep(Store store) {
    return store
        .artifacts()
        .put(CanonicalJson.of(this).getBytes(StandardCharsets.UTF_8), "indicators", Map.of());
  }

  /** What predictors of a kind read of it: some look at graphs alone. */
  Columns readBy(String kind) {
    if (names.isEmpty() || !FitSettings.readsColumns(kind)) {
      return Columns.NONE;
    }
    Map<String, double[]> rows = new HashMap<>();
    standings.forEach((architecture, row) ->
        rows.put(architecture, row.stream().mapToDouble(Double::doubleValue).toArray()));
    return new Columns(names, rows);
  }
}
