package dev.espalier.learning.network;

import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where the values of a network's parameters come from. */
@FunctionalInterface
public interface ParameterSource {
  /** As many values as the parameter has, row-major. */
  float[] values(ParameterSpecification parameter);

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
