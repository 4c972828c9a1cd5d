package dev.espalier.learning.indicator;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;
import java.util.List;

/** A training-free score of an architecture. */
public enum Indicator {
  /** NTK condition number; smaller is better. */
  NTK("ntk"),
  /** Number of linear regions; larger is better. */
  REGIONS("regions");

  private static final List<String> LABELS = Arrays.stream(values()).map(Indicator::label).toList();

  private final String label;

  Indicator(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  public static Indicator parse(String label) {
    return Arrays.stream(values())
        .filter(indicator -> indicator.label.equals(label))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInput(
                "unknown indicator \"%s\": allowed are %s.%s"
                    .formatted(
                        label, String.join(", ", LABELS), DidYouMean.sentence(label, LABELS))));
  }
}
