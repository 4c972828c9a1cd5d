package dev.espalier.api.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.espalier.api.view.Announcements.Announced;
import dev.espalier.api.view.SampleView.Curve;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.evolution.SuccessiveHalving;
import dev.espalier.search.method.SamplesArchitectures;
import dev.espalier.store.EvaluationDocument;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The trained sample: from the stage's result once it is finished, before from the trainings that
 * were announced and the evaluations that are there. However large the sample, what is read and
 * told stays bounded.
 */
public final class SampleReader {
  private static final int MOST_ARCHITECTURES = 2_000;
  private static final int MOST_CURVES = 60;
  private static final TypeReference<List<Row>> ROWS = new TypeReference<>() {};

  private final Store store;
  private final SamplesArchitectures specification;
  private final int planned;
  private final Function<String, TrainingsReader.Cost> cost;
  private final CurvesReader curves;

  /**
   * @param cost what the network of an architecture costs
   */
  public SampleReader(
      Store store,
      SamplesArchitectures specification,
      Function<String, TrainingsReader.Cost> cost) {
    this(store, specification, specification.architectures(), cost);
  }

  /**
   * @param planned how many are evaluated, where they are others than the sample
   */
  public SampleReader(
      Store store,
      SamplesArchitectures specification,
      int planned,
      Function<String, TrainingsReader.Cost> cost) {
    this.store = store;
    this.specification = specification;
    this.planned = planned;
    this.cost = cost;
    this.curves = new CurvesReader(store);
  }

  /** A sample of which no training has begun. */
  public SampleView nothing() {
    return plot(0, 0, List.of(), null, List.of());
  }

  public SampleView read(StageDocument evaluate) {
    List<List<Announced>> rounds = new Announcements(store).rounds(evaluate.key());
    List<Curve> shown = curves(evaluate.key(), rounds);
    String json = evaluate.result();
    if (json == null) {
      List<Row> rows = soFar(rounds);
      return plot(evaluated(evaluate, rounds), 0, rows, best(rows), shown);
    }
    EvaluateSampleResult result = Json.read(json, EvaluateSampleResult.class);
    Row best = result.best();
    List<Row> rows =
        rows(result.rows()).stream().filter(row -> row.validationAccuracy() != null).toList();
    List<Row> some = new ArrayList<>(spread(rows, MOST_ARCHITECTURES));
    if (best != null && !some.contains(best)) {
      some.add(best);
    }
    return plot(result.count(), result.failed(), some, best, shown);
  }

  private SampleView plot(
      int evaluated, int failed, List<Row> rows, @Nullable Row best, List<Curve> shown) {
    return new SampleView(
        planned,
        evaluated,
        failed,
        specification.halving().rungs().size(),
        specification.halving().rungs().stream().map(SuccessiveHalving.Rung::epochs).toList(),
        rows,
        best,
        shown);
  }

  private List<Row> rows(String sha) {
    String json = new String(store.artifacts().get(sha), StandardCharsets.UTF_8);
    try {
      return Json.mapper().readValue(json, ROWS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("artifact %s is no list of evaluations".formatted(sha), e);
    }
  }

  /** All trainings of the rounds before, and what is done of the one in hand. */
  private int evaluated(StageDocument evaluate, List<List<Announced>> rounds) {
    int before = rounds.stream().limit(evaluate.progress().round()).mapToInt(List::size).sum();
    return Math.min(planned, before + evaluate.progress().done());
  }

  /** What has been evaluated of the announced trainings; the furthest rung of each. */
  private List<Row> soFar(List<List<Announced>> rounds) {
    Map<String, List<Announced>> rungs = rungs(rounds);
    List<String> some = spread(List.copyOf(rungs.keySet()), MOST_ARCHITECTURES);
    Map<String, EvaluationDocument> found = found(some, rungs);
    List<Row> rows = new ArrayList<>();
    for (String architecture : some) {
      List<Announced> trainings = Objects.requireNonNull(rungs.get(architecture));
      for (int rung = trainings.size() - 1; rung >= 0; rung--) {
        EvaluationDocument evaluation = found.get(trainings.get(rung).stored());
        if (evaluation != null) {
          EvaluationDocument first = found.get(trainings.getFirst().stored());
          rows.add(row(trainings.get(rung), rung, first == null ? evaluation : first, evaluation));
          break;
        }
      }
    }
    return rows;
  }

  private Map<String, EvaluationDocument> found(
      List<String> architectures, Map<String, List<Announced>> rungs) {
    Set<String> ids = new LinkedHashSet<>();
    for (String architecture : architectures) {
      Objects.requireNonNull(rungs.get(architecture))
          .forEach(training -> ids.add(training.stored()));
    }
    return store.evaluations().find(ids).stream()
        .collect(Collectors.toMap(EvaluationDocument::id, Function.identity()));
  }

  private Row row(
      Announced training, int rung, EvaluationDocument first, EvaluationDocument evaluation) {
    TrainingsReader.Cost costs = cost.apply(training.architecture());
    return new Row(
        training.architecture(),
        training.evaluationId(),
        costs.macs(),
        costs.parameters(),
        rung,
        first.metrics().get("validationAccuracy"),
        evaluation.metrics().get("validationAccuracy"),
        evaluation.metrics().get("testAccuracy"));
  }

  /** An architecture is announced once for every rung that it reaches. */
  private static Map<String, List<Announced>> rungs(List<List<Announced>> rounds) {
    Map<String, List<Announced>> rungs = new LinkedHashMap<>();
    for (List<Announced> round : rounds) {
      for (Announced training : round) {
        rungs.computeIfAbsent(training.architecture(), key -> new ArrayList<>()).add(training);
      }
    }
    return rungs;
  }

  private static @Nullable Row best(List<Row> rows) {
    return rows.stream()
        .filter(row -> row.validationAccuracy() != null)
        .max(
            Comparator.comparingInt(Row::rung)
                .thenComparingDouble(row -> Objects.requireNonNull(row.validationAccuracy())))
        .orElse(null);
  }

  private List<Curve> curves(String stageKey, List<List<Announced>> rounds) {
    Map<String, List<Announced>> rungs = rungs(rounds);
    List<Curve> shown = new ArrayList<>();
    for (String architecture : spread(List.copyOf(rungs.keySet()), MOST_CURVES)) {
      List<double[]> loss = new ArrayList<>();
      List<double[]> validation = new ArrayList<>();
      for (Announced training : Objects.requireNonNull(rungs.get(architecture))) {
        loss.addAll(curves.loss(stageKey, training.evaluationId()));
        validation.addAll(curves.validation(stageKey, training.evaluationId()));
      }
      if (!loss.isEmpty() || !validation.isEmpty()) {
        shown.add(new Curve(architecture, loss, validation));
      }
    }
    return shown;
  }

  /** At most so many, evenly over all. */
  private static <T> List<T> spread(List<T> all, int most) {
    int step = Math.max(1, Math.ceilDiv(all.size(), most));
    List<T> some = new ArrayList<>();
    for (int i = 0; i < all.size(); i += step) {
      some.add(all.get(i));
    }
    return some;
  }
}
