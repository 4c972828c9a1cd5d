package dev.espalier.search.method.neuralpredictor;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.search.method.SamplesUniformly;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.BudgetSettings;
import dev.espalier.search.settings.FailureSettings;
import dev.espalier.search.settings.Require;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.specification.SpecificationReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An experiment with Neural Predictor (Wen et al., ECCV 2020): some architectures are evaluated, a
 * predictor of accuracy is fitted to them, all others are ranked by it, and the best ranked are
 * evaluated.
 *
 * @param network what is around an architecture
 * @param split which are learned from and judged on
 * @param evaluation how each of them is trained, or where it is looked up
 * @param classifier the first stage of the cascade
 * @param predictor the second
 * @param crossValidation how settings of the predictor are judged and chosen
 * @param search what is ranked, and how many of the best are evaluated
 * @param indicators that the predictors read beside graphs; null where they read none
 */
public record NeuralPredictorSpecification(
    String method,
    String space,
    String data,
    long seed,
    String preset,
    NetworkSettings network,
    SplitSettings split,
    CellEvaluation evaluation,
    ClassifierSettings classifier,
    FitSettings predictor,
    CrossValidation crossValidation,
    RankSettings search,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable InputIndicators indicators,
    BudgetSettings budget,
    FailureSettings failure)
    implements SamplesUniformly {
  public static final String METHOD = "neural-predictor";

  private static final Map<String, Integer> CLASSES =
      Map.of("cifar100", 100, "imagenet16-120", 120);
  private static final int USUAL_CLASSES = 10;

  public NeuralPredictorSpecification {
    Require.oneOf("method", method, METHOD);
    Require.present("space", space);
    Require.present("data", data);
    Require.present("preset", preset);
    Require.present("network", network);
    Require.present("split", split);
    Require.present("evaluation", evaluation);
    Require.present("classifier", classifier);
    Require.present("predictor", predictor);
    Require.present("crossValidation", crossValidation);
    Require.present("search", search);
    indicators = indicators == null || indicators.names().isEmpty() ? null : indicators;
    Require.present("budget", budget);
    Require.present("failure", failure);
  }

  /** A preset, with some settings changed. */
  public static NeuralPredictorSpecification preset(String preset, Map<String, String> sets) {
    return (NeuralPredictorSpecification) SpecificationReader.preset(METHOD, preset, sets);
  }

  @Override
  public Training training() {
    return new Training(network, evaluation.recipe());
  }

  @Override
  public String sampleGroup() {
    return "split";
  }

  @Override
  public String sampleSetting() {
    return "split.train";
  }

  @Override
  public int architectures() {
    return split.train();
  }

  @Override
  public double tolerated() {
    return split.tolerated();
  }

  @Override
  public List<String> draw(int classes) {
    return draw(RandomStream.of(seed, "split", "training-cells"), split.train());
  }

  /** The architectures that are ranked, where not all of a table or of the space are. */
  public List<String> drawCandidates() {
    return draw(RandomStream.of(seed, "split", "candidates"), search.candidates());
  }

  @Override
  public String device() {
    return budget.device();
  }

  @Override
  public String table() {
    return evaluation.table();
  }

  @Override
  public String policy() {
    return evaluation.policy();
  }

  /** Where accuracies are looked up no image is looked at: the data's name chooses the columns. */
  @Override
  public boolean needsImages() {
    return table().isEmpty();
  }

  @Override
  public int classesWithoutImages() {
    return CLASSES.getOrDefault(data, USUAL_CLASSES);
  }

  /**
   * One of architectures of any space, or one of all architectures of the space that is searched.
   */
  @Override
  public boolean readsTable(String format) {
    return format.equals(tableFormat()) || CellTables.isOf(format, space);
  }

  /** Whether a classifier is trained: to filter by it, or to compare it. */
  public boolean trainsClassifier() {
    return search.filter().equals(RankSettings.CLASSIFIER) || compares();
  }

  /** Whether filters are compared: for that all accuracies must be known. */
  public boolean compares() {
    return search.ablation() && !table().isEmpty();
  }

  /** Whether the predictor that ranks is fitted to the passing training cells alone. */
  public boolean fitsToPassing() {
    return search.filters() && predictor.fitTo().equals(FitSettings.PASSING);
  }

  /** The settings that are tried by cross validation. */
  public List<FitSettings> points() {
    return crossValidation.grid().points(predictor);
  }
}
