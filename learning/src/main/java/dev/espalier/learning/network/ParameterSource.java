package dev.espalier.learning.network;

import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Where the values of a network's parameters come from. */
@FunctionalInterface
public interface ParameterSource {
  /** As many values as the parameter has, row-major. */
  float[] values(ParameterSpecification parameter);

  /** Values by name. There may be more than are asked for. */
  static ParameterSource known(Map<String, float[]> values) {
    return parameter -> {
      float[] known = values.get(parameter.name());
      if (known == null) {
        throw new IllegalArgumentException("there are no values for " + parameter.name());
      }
      return known;
    };
  }

  /**
   * Freshly drawn values: each parameter from the stream of this path and its own name, so that
   * what other parameters there are does not matter.
   */
  static ParameterSource drawn(Initialization initialization, long seed, Object... path) {
    List<Object> prefix = new ArrayList<>(Arrays.asList(path));
    return parameter -> {
      List<Object> whole = new ArrayList<>(prefix);
      whole.add(parameter.name());
      return initialization.draw(parameter, RandomStream.of(seed, whole.toArray()));
    };
  }
}
