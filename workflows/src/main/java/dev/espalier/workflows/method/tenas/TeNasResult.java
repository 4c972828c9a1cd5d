package dev.espalier.workflows.method.tenas;

import dev.espalier.workflows.evaluation.Accuracy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An experiment's result.
 *
 * @param architecture the architecture that was found, canonical string
 * @param parameters trainable parameters of the space's standard network
 * @param macs multiply-accumulates of the standard network for one image
 * @param indicators the architecture's own indicator values, by name
 * @param accuracy of the found architecture; null where its training diverged
 * @param random the random architectures trained the same way
 * @param randomMean mean test accuracy of the random ones that did not diverge
 * @param randomDeviation their standard deviation (n - 1); null below two
 * @param table accuracies looked up in an accuracy table, ratio by column; empty without one
 */
public record TeNasResult(
    String architecture,
    long parameters,
    long macs,
    Map<String, Indicator> indicators,
    @Nullable Accuracy accuracy,
    List<Trained> random,
    @Nullable Double randomMean,
    @Nullable Double randomDeviation,
    Map<String, Double> table) {

  public TeNasResult {
    indicators = Map.copyOf(indicators);
    random = List.copyOf(random);
    table = Map.copyOf(table);
  }

  /**
   * @param values one per repeat; null where not finite or singular
   */
  public record Indicator(
      @Nullable Double mean, @Nullable Double deviation, List<@Nullable Double> values) {}

  /** A random architecture; its accuracy is null where the training diverged. */
  public record Trained(String architecture, @Nullable Accuracy accuracy) {}
}
