package dev.espalier.api;

import dev.espalier.api.EvolutionGarden.Growth;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.evolution.Strategy;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.parallel.Operation;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import dev.espalier.search.statistics.Interval;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.store.EvaluationDocument;
import dev.espalier.store.StageProgress;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import dev.espalier.workflows.method.evolution.EvolutionResult;
import dev.espalier.workflows.method.evolution.EvolutionResult.Best;
import dev.espalier.workflows.method.evolution.EvolutionResult.Difference;
import dev.espalier.workflows.method.evolution.EvolutionResult.Search;
import dev.espalier.workflows.method.evolution.EvolutionResult.Trained;
import dev.espalier.workflows.method.evolution.EvolveResult;
import dev.espalier.workflows.method.evolution.EvolveResult.Evolved;
import dev.espalier.workflows.method.evolution.EvolveResult.FrontPoint;
import dev.espalier.workflows.method.evolution.EvolveResult.HistoryPoint;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import dev.espalier.workflows.prediction.TrainPredictorResult.Quality;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One experiment of an {@link EvolutionGarden} as it grows. */
final class GrowingEvolution {
  private static final String WINNER =
      "skip+sep3+sep5|sep5+sep7|sep3+sep5+sep7+dil5|skip+sep5+dil3|sep3+dil5";

  private final Store store;
  private final Planting planting;
  private final EvolutionSpecification specification;
  private final RandomStream stream;

  GrowingEvolution(Store store, Planting planting, EvolutionSpecification specification) {
    this.store = store;
    this.planting = planting;
    this.specification = specification;
    this.stream = RandomStream.of(specification.seed(), "evolution-garden");
  }

  private Cost cost(Architecture architecture) {
    return specification.network().cost(architecture, 32, 10);
  }

  void grow(Growth growth) {
    planting.finish("sample", "{\"count\":48}", 0.3);
    Set<String> drawn = new LinkedHashSet<>();
    while (drawn.size() < EvolutionGarden.SAMPLE) {
      Architecture random = specification.searchSpace().random(stream);
      if (cost(random).macs() <= 15e6) {
        drawn.add(random.canonical());
      }
    }
    List<String> sample = List.copyOf(drawn);
    if (growth == Growth.TRAINING) {
      train(sample, EvolutionGarden.DONE);
      return;
    }
    List<Row> rows = train(sample, EvolutionGarden.SAMPLE);
    Row best =
        rows.stream().max(Comparator.comparingDouble(GrowingEvolution::accuracy)).orElseThrow();
    String list =
        store
            .artifacts()
            .put(CanonicalJson.of(rows).getBytes(StandardCharsets.UTF_8), "evaluations", Map.of());
    planting.finish(
        "evaluate",
        CanonicalJson.of(new EvaluateSampleResult(EvolutionGarden.SAMPLE - 1, 1, list, best)),
        402);
    TrainPredictorResult predictor = predictor(rows);
    planting.finish("train-predictor", CanonicalJson.of(predictor), 61.4);
    List<Evolved> searches = searches();
    if (growth == Growth.EVOLVING) {
      String key = planting.claim("evolve");
      for (Evolved search : searches.subList(0, 2)) {
        store
            .measurements()
            .record(key, 0, "evolved-" + search.strategy(), CanonicalJson.of(search));
      }
      store.stages().progress(key, new StageProgress(0, 1, 5_210, 8_000, "architectures", null));
      return;
    }
    Evolved first = searches.getFirst();
    planting.finish(
        "evolve",
        CanonicalJson.of(
            new EvolveResult(
                WINNER,
                first.predicted(),
                first.macs(),
                first.parameters(),
                EvolutionGarden.WARNING,
                searches,
                first.front(),
                milliseconds(2.25))),
        38.2);
    complete(best, predictor, searches, finals());
  }

  private @Nullable Double milliseconds(double value) {
    return specification.budget().latencyTable().isEmpty() ? null : value;
  }

  private static double accuracy(Row row) {
    return Objects.requireNonNullElse(row.validationAccuracy(), 0.0);
  }

  private double worth(String architecture) {
    double worth = 0;
    for (Set<Operation> layer : ParallelArchitecture.parse(architecture).layers()) {
      for (Operation operation : layer) {
        worth += operation.isSeparable() ? 0.9 : operation.kernel() == 0 ? 0.5 : 0.35;
      }
    }
    return 0.28 + 0.33 * (1 - StrictMath.exp(-worth / 5.5));
  }

  private List<Row> train(List<String> sample, int done) {
    String key = planting.claim("evaluate");
    List<Map<String, String>> trainings = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < sample.size(); i++) {
      String architecture = sample.get(i);
      String evaluation = Digest.sha256(planting.id() + architecture);
      trainings.add(
          Map.of("evaluationId", evaluation, "architecture", architecture, "role", "sample"));
      boolean failed = i == 7 && done == sample.size();
      double reached = i <= done + 1 ? curve(key, evaluation, architecture, i < done ? 6 : 3) : 0;
      Cost cost = cost(ParallelArchitecture.parse(architecture));
      if (i < done && !failed) {
        record(evaluation, architecture, reached, reached - 0.01);
      }
      rows.add(
          new Row(
              architecture,
              evaluation,
              cost.macs(),
              cost.parameters(),
              0,
              failed ? null : reached,
              failed ? null : reached,
              failed ? null : reached - 0.01));
    }
    store.measurements().record(key, 0, "round", CanonicalJson.of(Map.of("trainings", trainings)));
    planting.note(
        "sample",
        "round",
        "Training architectures 1 to %d of %d"
            .formatted(EvolutionGarden.SAMPLE, EvolutionGarden.SAMPLE));
    store
        .stages()
        .progress(key, new StageProgress(0, 1, done, EvolutionGarden.SAMPLE, "trainings", null));
    return rows;
  }

  private double curve(String key, String evaluation, String architecture, int epochs) {
    double end = worth(architecture) + 0.02 * stream.nextGaussian();
    double reached = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      double share = 1 - StrictMath.exp(-(epoch + 1) / 1.6);
      reached = 0.1 + (end - 0.1) * share + 0.006 * stream.nextGaussian();
      store.measurements().append(key, 0, "validation-" + evaluation, epoch, reached);
      store.measurements().append(key, 0, "loss-" + evaluation, epoch, 2.4 - 2.2 * share * end);
    }
    return reached;
  }

  private void record(String evaluation, String architecture, double validation, double test) {
    store
        .evaluations()
        .record(
            new EvaluationDocument(
                evaluation,
                specification.space(),
                architecture,
                Garden.DATA_DIGEST,
                "{}",
                specification.seed(),
                Map.of("validationAccuracy", validation, "testAccuracy", test),
                List.of(),
                8.4,
                Planting.NUMERIC_CLASS,
                Instant.now()));
  }

  private TrainPredictorResult predictor(List<Row> rows) {
    List<Quality> quality = new ArrayList<>();
    for (int size : new int[] {10, 19, 28, 38}) {
      double tau = 0.74 - 3.1 / size;
      quality.add(
          new Quality(
              "ensemble", size, 5, tau, tau - 1.1 / size - 0.03, tau + 1.1 / size + 0.03, 0.021));
    }
    quality.add(new Quality("forest", 38, 5, 0.571, 0.512, 0.63, 0.029));
    quality.add(new Quality("gnn", 38, 5, 0.634, 0.571, 0.697, 0.024));
    quality.add(new Quality("mlp", 38, 5, 0.588, 0.49, 0.686, 0.027));
    List<Prediction> heldOut =
        rows.stream()
            .limit(10)
            .filter(row -> row.validationAccuracy() != null)
            .map(row ->
                new Prediction(
                    row.architecture(),
                    accuracy(row) * 0.8 + 0.1 + 0.015 * stream.nextGaussian(),
                    accuracy(row)))
            .toList();
    return new TrainPredictorResult(
        "ensemble",
        Digest.sha256("model"),
        EvolutionGarden.SAMPLE - 1,
        0.412,
        0.609,
        0.021,
        quality,
        heldOut);
  }

  private List<Evolved> searches() {
    List<Evolved> searches = new ArrayList<>();
    for (String strategy : Strategy.labels()) {
      double end = 0.641 - 0.008 * searches.size();
      List<HistoryPoint> history = new ArrayList<>();
      for (int generation = 0; generation < 100; generation++) {
        double share = 1 - StrictMath.exp(-generation / (9.0 + 5 * searches.size()));
        double best = 0.59 + (end - 0.59) * share;
        double mean = best - 0.05 + 0.04 * share + 0.004 * stream.nextGaussian();
        history.add(new HistoryPoint(generation, 20 * (generation + 1), best, mean));
      }
      Cost cost = cost(ParallelArchitecture.parse(WINNER));
      searches.add(
          new Evolved(
              strategy,
              WINNER,
              end,
              cost.macs(),
              cost.parameters(),
              2_000,
              100,
              history,
              front(cost.macs(), end),
              null));
    }
    return searches;
  }

  private List<FrontPoint> front(long macs, double best) {
    List<FrontPoint> front = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      double share = i / 8.0;
      front.add(
          new FrontPoint(
              WINNER,
              0.5 + (best - 0.5) * (1 - StrictMath.pow(1 - share, 2.2)),
              Math.round(3.2e6 + (macs - 3.2e6) * share),
              480_000L,
              milliseconds(0.5 + share)));
    }
    return front;
  }

  private List<Evaluated> finals() {
    String key = planting.claim("train-final");
    List<String> architectures = new ArrayList<>(List.of(WINNER));
    while (architectures.size() < 4) {
      architectures.add(specification.searchSpace().random(stream).canonical());
    }
    List<Evaluated> evaluated = new ArrayList<>();
    List<Map<String, String>> trainings = new ArrayList<>();
    for (int i = 0; i < architectures.size(); i++) {
      for (long seed = 0; seed < 3; seed++) {
        String architecture = architectures.get(i);
        String evaluation = Digest.sha256(planting.id() + architecture + "/" + seed);
        String role = i == 0 ? EvaluateResult.FOUND : EvaluateResult.RANDOM;
        trainings.add(
            Map.of("evaluationId", evaluation, "architecture", architecture, "role", role));
        double reached = curve(key, evaluation, architecture, 6);
        evaluated.add(
            new Evaluated(
                evaluation, architecture, role, seed, reached, reached - 0.012, 1.1, null));
      }
    }
    store.measurements().record(key, 0, "round", CanonicalJson.of(Map.of("trainings", trainings)));
    planting.finish("train-final", CanonicalJson.of(new EvaluateResult(evaluated)), 121);
    return evaluated;
  }

  private void complete(
      Row best, TrainPredictorResult predictor, List<Evolved> searches, List<Evaluated> finals) {
    List<Trained> winner = trained(finals, EvaluateResult.FOUND);
    List<Trained> random = trained(finals, EvaluateResult.RANDOM);
    Interval apart = Statistics.difference(0.95, test(winner), test(random));
    Evolved first = searches.getFirst();
    planting.complete(
        CanonicalJson.of(
            new EvolutionResult(
                WINNER,
                first.parameters(),
                first.macs(),
                first.predicted(),
                EvolutionGarden.WARNING,
                EvolutionGarden.SAMPLE - 1,
                1,
                new Best(best.architecture(), accuracy(best), best.testAccuracy()),
                predictor.kind(),
                predictor.quality(),
                searches.stream()
                    .map(each ->
                        new Search(
                            each.strategy(),
                            each.architecture(),
                            each.predicted(),
                            each.evaluations()))
                    .toList(),
                new Accuracy(Statistics.mean(test(winner)) + 0.012, Statistics.mean(test(winner))),
                winner,
                random,
                new Accuracy(Statistics.mean(test(random)) + 0.012, Statistics.mean(test(random))),
                new Difference(apart.estimate(), apart.low(), apart.high()),
                null,
                List.of())));
  }

  private static List<Trained> trained(List<Evaluated> finals, String role) {
    return finals.stream()
        .filter(each -> each.role().equals(role))
        .map(each ->
            new Trained(
                each.architecture(),
                Objects.requireNonNullElse(each.seed(), 0L),
                new Accuracy(
                    Objects.requireNonNull(each.validationAccuracy()),
                    Objects.requireNonNull(each.testAccuracy()))))
        .toList();
  }

  private static double[] test(List<Trained> trained) {
    return trained.stream()
        .map(Trained::accuracy)
        .filter(Objects::nonNull)
        .mapToDouble(Accuracy::test)
        .toArray();
  }
}
