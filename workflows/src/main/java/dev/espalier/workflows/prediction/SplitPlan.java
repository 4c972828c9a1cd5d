package dev.espalier.workflows.prediction;

import dev.espalier.search.settings.PredictorSettings;
import dev.espalier.workflows.prediction.PredictorActivities.FitSplit;
import dev.espalier.workflows.stage.StageInput;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The fits of a comparison: every compared predictor on every split, and the guiding one on fewer
 * training architectures as well.
 */
final class SplitPlan {
  private static final int FEWEST_ROWS = 5;

  private SplitPlan() {}

  static List<FitSplit> of(
      StageInput input, PredictorSettings settings, String rows, int evaluated) {
    int held = settings.heldOutOf(evaluated);
    int most = evaluated - held;
    List<FitSplit> fits = new ArrayList<>();
    if (held < 2 || most < FEWEST_ROWS) {
      return fits; // too few to rank
    }
    for (int split = 0; split < settings.splits(); split++) {
      for (String kind : settings.compared()) {
        fits.add(fit(input, rows, kind, split, most));
      }
      TreeSet<Integer> sizes = new TreeSet<>();
      for (double share : PredictorSettings.shares()) {
        sizes.add((int) Math.round(most * share));
      }
      if (!settings.compared().contains(settings.kind())) {
        sizes.add(most);
      }
      for (int size : sizes) {
        if (size >= FEWEST_ROWS
            && (size < most || !settings.compared().contains(settings.kind()))) {
          fits.add(fit(input, rows, settings.kind(), split, size));
        }
      }
    }
    return fits;
  }

  private static FitSplit fit(StageInput input, String rows, String kind, int split, int size) {
    return new FitSplit(input.ref(), input.specification(), rows, kind, split, size);
  }
}
