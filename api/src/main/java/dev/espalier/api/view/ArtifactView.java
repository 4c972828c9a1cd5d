package dev.espalier.api.view;

import dev.espalier.store.ArtifactHeader;
import dev.espalier.store.Store;
import java.util.List;
import java.util.Map;

/**
 * A file that an experiment has left: {@code GET /api/experiments/{id}/artifacts}.
 *
 * @param name as a file
 * @param kind architecture, genotype, weights or report
 * @param digest SHA-256 of its bytes, by which it is downloaded
 */
public record ArtifactView(String name, String kind, String digest, long bytes) {
  /** Kinds and their files, in the order in which they are listed. */
  private static final List<Map.Entry<String, String>> FILES =
      List.of(
          Map.entry("architecture", "architecture.json"),
          Map.entry("genotype", "genotype.txt"),
          Map.entry("weights", "weights.safetensors"),
          Map.entry("report", "report.html"));

  /** What an experiment has left so far. */
  static List<ArtifactView> of(Store store, String experimentId) {
    Map<String, String> kept = store.experiments().kept(experimentId);
    return FILES.stream()
        .filter(file -> kept.containsKey(file.getKey()))
        .flatMap(file ->
            store.artifacts().header(kept.getOrDefault(file.getKey(), "")).stream()
                .map(header -> of(file, header)))
        .toList();
  }

  private static ArtifactView of(Map.Entry<String, String> file, ArtifactHeader header) {
    return new ArtifactView(file.getValue(), file.getKey(), header.sha(), header.bytes());
  }
}
