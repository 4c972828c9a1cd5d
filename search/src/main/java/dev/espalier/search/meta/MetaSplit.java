package dev.espalier.search.meta;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a row of a meta-database is for. */
public enum MetaSplit {
  TRAIN("train"),
  VALIDATION("validation"),
  TEST("test");

  private final String label;

  MetaSplit(String label) {
    this.label = label;
  }

  @JsonValue
  public String label() {
    return label;
  }

  /** The split of that name. */
  @JsonCreator
  public static MetaSplit labelled(String label) {
    return Arrays.stream(values())
        .filter(split -> split.label.equals(label))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInput(
                "split %s is not known: allowed are %s"
                    .formatted(
                        label,
                        Arrays.stream(values())
                            .map(MetaSplit::label)
                            .collect(Collectors.joining(", ")))));
  }
}
