package dev.espalier.search.method;

import dev.espalier.search.settings.IndicatorSettings;

/** A specification that measures indicators which need no training. */
public interface MeasuresIndicators extends Specification {
  /** How they are measured. */
  IndicatorSettings indicators();
}
