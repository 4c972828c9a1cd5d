package dev.espalier.search.method;

import dev.espalier.search.settings.PredictorSettings;

/** A specification that fits predictors of accuracy to an evaluated sample. */
public interface FitsPredictor extends SamplesArchitectures {
  PredictorSettings predictor();
}
