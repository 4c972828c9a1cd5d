package dev.espalier.store;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The measured quality of an architecture under a protocol and seed, shared by all experiments.
 *
 * @param id a function of what was asked: a digest that whoever asks makes of it
 * @param architecture its canonical string
 * @param protocol canonical JSON
 * @param metrics by name; accuracies are ratios in [0, 1]; only finite numbers
 * @param artifacts the SHA-256 of weights and the like
 * @param seconds the time it took
 */
public record EvaluationDocument(
    String id,
    String space,
    String architecture,
    String dataDigest,
    String protocol,
    long seed,
    Map<String, Double> metrics,
    List<String> artifacts,
    double seconds,
    String numericClass,
    Instant recorded) {
  public EvaluationDocument {
    RecordChecks.id("an evaluation's id", id);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    artifacts = List.copyOf(artifacts);
    recorded = RecordChecks.stored(recorded);
  }
}
