package dev.espalier.learning.space.nasbench201.kernel;

import java.util.Map;

/**
 * What all layers of one kernel share.
 *
 * @param parameters of the network by name, row-major
 */
record Wiring(Map<String, float[]> parameters, Jacobian jacobian, Buffers buffers) {

  float[] parameter(String name) {
    float[] values = parameters.get(name);
    if (values == null) {
      throw new IllegalArgumentException("the network has no parameter " + name);
    }
    return values;
  }
}
