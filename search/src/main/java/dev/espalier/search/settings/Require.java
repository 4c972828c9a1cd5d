package dev.espalier.search.settings;

import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every settings record demands, whoever builds it. The schema's limits are narrower. */
public final class Require {
  private Require() {}

  public static void positive(String name, int value) {
    if (value < 1) {
      throw new InvalidInput("%s must be at least 1, but was %d".formatted(name, value));
    }
  }

  public static void notNegative(String name, double value) {
    if (!(value >= 0 && value <= Double.MAX_VALUE)) {
      throw new InvalidInput(
          "%s must be a number of at least 0, but was %s".formatted(name, value));
    }
  }

  public static void oneOf(String name, @Nullable String value, String... allowed) {
    List<String> words = Arrays.asList(allowed);
    if (value == null || !words.contains(value)) {
      throw new InvalidInput(
          "%s must be one of %s, but was \"%s\"".formatted(name, String.join(", ", words), value));
    }
  }

  public static void present(String name, @Nullable Object value) {
    if (value == null) {
      throw new InvalidInput("%s is missing".formatted(name));
    }
  }
}
