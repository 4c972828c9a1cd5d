package dev.espalier.search.method.neuralpredictor;

import dev.espalier.search.settings.Require;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a predictor is fitted. 0 takes what the kind was published with.
 *
 * @param kind of predictor
 * @param fitTo {@code all} training cells, or {@code passing}: those that pass the filter's
 *     threshold, where there is a filter
 * @param epochs passes over the training cells
 * @param learningRate of the optimiser
 * @param batch training cells of one step
 * @param members of an ensemble, or trees of a forest
 */
public record FitSettings(
    String kind, String fitTo, int epochs, double learningRate, int batch, int members) {
  /** To all training cells. */
  public static final String ALL = "all";

  /** To those that pass. */
  public static final String PASSING = "passing";

  private static final Set<String> AT_ONCE = Set.of("blend", "forest", "gaussian-process");

  private static final Set<String> WITH_COLUMNS = Set.of("blend", "gaussian-process");

  public FitSettings {
    Require.present("kind", kind);
    Require.oneOf("fitTo", fitTo, ALL, PASSING);
    Require.notNegative("epochs", epochs);
    Require.notNegative("learningRate", learningRate);
    Require.notNegative("batch", batch);
    Require.notNegative("members", members);
  }

  /** Whether predictors of a kind learn in passes over the cells; the others are fitted at once. */
  public static boolean hasEpochs(String kind) {
    return !AT_ONCE.contains(kind);
  }

  /** Whether predictors of a kind read indicators beside graphs. */
  public static boolean readsColumns(String kind) {
    return WITH_COLUMNS.contains(kind);
  }

  /** The kinds that do, for messages. */
  static String kindsWithColumns() {
    return WITH_COLUMNS.stream().sorted().collect(Collectors.joining(" or "));
  }
}
