package dev.espalier.learning.meta;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an epoch of a meta-training came to.
 *
 * @param epoch from 1
 * @param loss mean over the rows, while training
 * @param learningRate of its steps
 * @param validation by name; without what is undefined, such as the correlation of predictions that
 *     are all the same. Of a generator: {@code loss, reconstruction, validity, uniqueness, novelty,
 *     noveltyOfValid}; of a predictor: {@code loss, pearson, kendall}
 */
public record MetaEpoch(
    int epoch, double loss, double learningRate, Map<String, Double> validation) {
  public MetaEpoch {
    validation = Collections.unmodifiableMap(new LinkedHashMap<>(validation));
  }
}
