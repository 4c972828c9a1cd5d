package dev.espalier.activities.method.neuralpredictor;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.neuralpredictor.CellSplit;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.search.method.neuralpredictor.RankSettings;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.search.table.ArchitectureTable.Accuracy;
import dev.espalier.workflows.method.neuralpredictor.Confusion;
import dev.espalier.workflows.method.neuralpredictor.RankResult.Filtered;
import dev.espalier.workflows.method.neuralpredictor.RankResult.Judged;
import dev.espalier.workflows.method.neuralpredictor.RankedCells.Ranked;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All candidates with what is predicted of them, and with a table what is true. */
final class RankedCandidates {
  /** So many of the judged cells are shown. */
  private static final int MOST_SHOWN = 1_000;

  private final NeuralPredictorSpecification specification;
  private final List<String> candidates;
  private final Set<String> training;
  private final @Nullable ArchitectureTable table;
  private final double threshold;
  private final double[] predicted;
  private final double[] predictedByAll;
  private final double @Nullable [] passing;
  private final Set<String> judgedOn;

  /**
   * @param training cells, which are not ranked: they are known
   * @param predicted by the model that ranks
   * @param predictedByAll by the one that is fitted to all training cells
   * @param passing by the classifier: above a half passes
   */
  RankedCandidates(
      NeuralPredictorSpecification specification,
      List<String> candidates,
      Set<String> training,
      @Nullable ArchitectureTable table,
      double threshold,
      double[] predicted,
      double[] predictedByAll,
      double @Nullable [] passing) {
    this.specification = specification;
    this.candidates = candidates;
    this.training = training;
    this.table = table;
    this.threshold = threshold;
    this.predicted = predicted;
    this.predictedByAll = predictedByAll;
    this.passing = passing;
    this.judgedOn =
        table == null ? Set.of() : new HashSet<>(CellSplit.of(specification, table).judged());
  }

  String architecture(int candidate) {
    return candidates.get(candidate);
  }

  /**
   * The best ranked, best first; of equal ones the first.
   *
   * @throws InvalidInput if more are wanted than there are, or none passes the filter
   */
  List<Integer> top() {
    int wanted = specification.search().top();
    long others = candidates.stream().filter(each -> !training.contains(each)).count();
    if (wanted > others) {
      throw new InvalidInput(
          "search.top (%,d) is more than the candidates beside the training cells (%,d): lower it"
              .formatted(wanted, others));
    }
    List<Integer> ranking = ranking(specification.search().filter());
    if (ranking.isEmpty()) {
      throw new InvalidInput(
          "search.filter (%s) rejects all %,d candidates: lower classifier.threshold (%s now), or use none"
              .formatted(specification.search().filter(), others, threshold));
    }
    return best(ranking, predicted);
  }

  /** All that pass a filter and are no training cells. */
  private List<Integer> ranking(String filter) {
    return IntStream.range(0, candidates.size())
        .filter(candidate -> !training.contains(candidates.get(candidate)))
        .filter(candidate -> passes(filter, candidate))
        .boxed()
        .toList();
  }

  private boolean passes(String filter, int candidate) {
    return switch (filter) {
      case RankSettings.CLASSIFIER -> passing == null || passing[candidate] > 0.5;
      case RankSettings.TRUE_ACCURACY -> validation(candidates.get(candidate)) >= threshold;
      default -> true;
    };
  }

  private List<Integer> best(List<Integer> ranking, double[] by) {
    return ranking.stream()
        .sorted(
            Comparator.<Integer>comparingDouble(candidate -> -by[candidate])
                .thenComparingInt(candidate -> candidate))
        .limit(specification.search().top())
        .toList();
  }

  List<Ranked> shown(List<Integer> top) {
    return top.stream()
        .map(candidate -> new Ranked(candidates.get(candidate), predicted[candidate]))
        .toList();
  }

  int ranked() {
    return ranking(specification.search().filter()).size();
  }

  int rejected() {
    return ranking(RankSettings.NONE).size() - ranked();
  }

  private int[] judged(String filter) {
    return IntStream.range(0, candidates.size())
        .filter(candidate -> judgedOn.contains(candidates.get(candidate)))
        .filter(candidate -> passes(filter, candidate))
        .toArray();
  }

  /** Some of the judged cells, evenly over all. */
  List<Prediction> someJudged() {
    int[] judged = judged(RankSettings.NONE);
    int step = Math.max(1, Math.ceilDiv(judged.length, MOST_SHOWN));
    List<Prediction> some = new ArrayList<>();
    for (int i = 0; i < judged.length; i += step) {
      String architecture = candidates.get(judged[i]);
      some.add(new Prediction(architecture, predicted[judged[i]], validation(architecture)));
    }
    return some;
  }

  /** How well the judged cells are ranked; null where fewer than two are known. */
  @Nullable Judged judgement() {
    return judgement(judged(RankSettings.NONE), predicted);
  }

  private @Nullable Judged judgement(int[] judged, double[] by) {
    if (judged.length < 2) {
      return null;
    }
    double[] said = Arrays.stream(judged).mapToDouble(each -> by[each]).toArray();
    double[] measured =
        Arrays.stream(judged).mapToDouble(each -> validation(candidates.get(each))).toArray();
    double squares = 0;
    for (int i = 0; i < said.length; i++) {
      squares += (said[i] - measured[i]) * (said[i] - measured[i]);
    }
    double tau = Statistics.kendallTau(said, measured);
    return new Judged(
        judged.length,
        Double.isNaN(tau) ? null : Double.valueOf(tau),
        StrictMath.sqrt(squares / judged.length));
  }

  /** How the classifier did on the judged cells; null without one or without any. */
  @Nullable Confusion confusion() {
    int[] judged = judged(RankSettings.NONE);
    if (passing == null || judged.length == 0) {
      return null;
    }
    Confusion confusion = Confusion.NOTHING;
    for (int each : judged) {
      confusion =
          confusion.with(
              validation(candidates.get(each)) >= threshold, passes(RankSettings.CLASSIFIER, each));
    }
    return confusion;
  }

  /** What each filter would have come to. */
  List<Filtered> comparison() {
    return Stream.of(RankSettings.NONE, RankSettings.CLASSIFIER, RankSettings.TRUE_ACCURACY)
        .map(this::filtered)
        .toList();
  }

  private Filtered filtered(String filter) {
    double[] by = filter.equals(RankSettings.NONE) ? predictedByAll : predicted;
    List<Integer> ranking = ranking(filter);
    String chosen =
        Stream.concat(training.stream().sorted(), best(ranking, by).stream().map(candidates::get))
            .max(Comparator.comparingDouble(this::validation))
            .orElseThrow();
    double best =
        known().architectures().stream().mapToDouble(this::validation).max().orElseThrow();
    return new Filtered(
        filter,
        ranking.size(),
        judgement(judged(filter), by),
        chosen,
        validation(chosen),
        known().accuracy(chosen).map(Accuracy::test).orElse(null),
        best - validation(chosen));
  }

  private double validation(String architecture) {
    return known().accuracy(architecture).orElseThrow().validation();
  }

  private ArchitectureTable known() {
    return Objects.requireNonNull(table, "only a table knows what is true");
  }
}
