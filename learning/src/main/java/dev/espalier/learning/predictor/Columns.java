package dev.espalier.learning.predictor;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of architectures beside their graphs, such as indicators that were measured without
 * training: numbers by name. Predictors that read them go by their order alone, so that any scale
 * will do.
 */
public final class Columns {
  /** Without any. */
  public static final Columns NONE = new Columns(List.of(), Map.of());

  private final List<String> names;
  private final Map<String, float[]> rows = new HashMap<>();

  /**
   * @param rows of each architecture, by its canonical string, a number for each name
   */
  public Columns(List<String> names, Map<String, double[]> rows) {
    this.names = List.copyOf(names);
    List<String> problems = new ArrayList<>();
    if (new LinkedHashSet<>(names).size() < names.size()) {
      problems.add("columns must differ by name, but are " + String.join(", ", names));
    }
    rows.forEach((architecture, values) -> {
      if (values.length != names.size()) {
        problems.add(
            "%s has %d numbers, but there are %d columns"
                .formatted(architecture, values.length, names.size()));
        return;
      }
      float[] row = new float[values.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) values[i];
        if (!Float.isFinite(row[i])) {
          problems.add(
              "%s of %s is %s: leave the column or the architecture out"
                  .formatted(names.get(i), architecture, values[i]));
        }
      }
      this.rows.put(architecture, row);
    });
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }

  public List<String> names() {
    return names;
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /** Its numbers, by the names' order. */
  float[] of(Architecture architecture) {
    if (names.isEmpty()) {
      return new float[0];
    }
    float @Nullable [] row = rows.get(architecture.canonical());
    if (row == null) {
      throw new InvalidInput(
          "%s has no %s: measure them for all architectures that are fitted to or predicted"
              .formatted(architecture.canonical(), String.join(", ", names)));
    }
    return row;
  }
}
