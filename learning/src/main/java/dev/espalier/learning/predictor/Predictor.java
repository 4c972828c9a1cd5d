package dev.espalier.learning.predictor;

import dev.espalier.search.space.Architecture;
import java.util.List;

/** A fitted function from architectures to accuracy. Not safe for several threads. */
public interface Predictor extends AutoCloseable {
  /**
   * The predicted accuracy of each architecture, a ratio. An architecture gets the same bits
   * whatever else is in the list.
   */
  double[] predict(List<? extends Architecture> architectures);

  /**
   * What it expects of each architecture: the means are those of {@link #predict}, bit for bit, and
   * the deviations say how sure it is of them.
   */
  List<Estimate> estimate(List<? extends Architecture> architectures);

  /** What the deviations of its estimates are made of. */
  Uncertainty uncertainty();

  /** All that {@link Predictors#load} needs; the same predictor always gives the same bytes. */
  byte[] save();

  /** One of {@link Predictors#kinds()}. */
  String kind();

  @Override
  void close();
}
