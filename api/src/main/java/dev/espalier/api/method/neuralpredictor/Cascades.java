package dev.espalier.api.method.neuralpredictor;

import dev.espalier.api.report.Figures;
import dev.espalier.search.method.neuralpredictor.FitSettings;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers of the cascade as people read them. */
public final class Cascades {
  private Cascades() {}

  /** {@code 0.712}; a dash where it is not known. */
  public static String figure(@Nullable Double tau) {
    return tau == null ? "–" : String.format(Locale.ROOT, "%.3f", tau);
  }

  /** {@code 0.612 to 0.688}; empty where there was one fit. */
  public static String range(Point point) {
    Double low = point.low();
    Double high = point.high();
    return low == null || high == null ? "" : figure(low) + " to " + figure(high);
  }

  /** {@code 1.42 points}. */
  public static String points(double ratio) {
    return String.format(Locale.ROOT, "%.2f points", 100 * ratio);
  }

  /** {@code 91.20 %}; a dash where it is not known. */
  public static String percent(@Nullable Double ratio) {
    return ratio == null ? "–" : Figures.percent(ratio);
  }

  /** Settings that differ from those that the kind was published with. */
  public static String settings(FitSettings settings) {
    List<String> words = new ArrayList<>();
    if (settings.epochs() > 0) {
      words.add(settings.epochs() + " epochs");
    }
    if (settings.learningRate() > 0) {
      words.add("rate " + settings.learningRate());
    }
    if (settings.batch() > 0) {
      words.add("batch " + settings.batch());
    }
    if (settings.members() > 0) {
      words.add(settings.members() + " members");
    }
    return words.isEmpty() ? "as published" : String.join(", ", words);
  }
}
