package dev.espalier.learning.space.darts;

import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.search.settings.IndicatorSettings;

/** The networks of the two indicators, as the settings say. */
record DartsPlans(IndicatorImages images, IndicatorSettings settings) {
  DartsPlan kernel() {
    return DartsPlan.measured(
        settings.ntk().channels(),
        settings.ntk().cells(),
        images.classes(),
        IndicatorImages.CHANNELS);
  }

  DartsPlan regions() {
    return DartsPlan.thin(settings.regions().channels());
  }
}
