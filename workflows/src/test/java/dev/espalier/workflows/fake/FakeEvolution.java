package dev.espalier.workflows.fake;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.workflows.method.evolution.EvolutionActivities;
import dev.espalier.workflows.method.evolution.EvolveResult.Evolved;
import dev.espalier.workflows.method.evolution.EvolveResult.FrontPoint;
import dev.espalier.workflows.method.evolution.EvolveResult.HistoryPoint;
import dev.espalier.workflows.prediction.PredictorActivities;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import dev.espalier.workflows.sampling.SamplingActivities;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** What evolution computes beside trainings, replaced by numbers drawn from what is asked. */
public final class FakeEvolution
    implements SamplingActivities, PredictorActivities, EvolutionActivities {
  private final Script script;
  private final Map<String, List<String>> lists = new ConcurrentHashMap<>();

  public FakeEvolution(Script script) {
    this.script = script;
  }

  @Override
  public Sampled sample(SampleRequest request) {
    EvolutionSpecification specification = specification(request.specification());
    return script.run(
        "sample",
        () -> {
          RandomStream stream = RandomStream.of(specification.seed(), "fake", "sample");
          Set<String> drawn = new LinkedHashSet<>();
          while (drawn.size() < specification.sample().architectures()) {
            drawn.add(specification.searchSpace().random(stream).canonical());
          }
          return put(List.copyOf(drawn));
        });
  }

  Sampled put(List<String> architectures) {
    String sha = Digest.of(architectures);
    lists.put(sha, architectures);
    return new Sampled(architectures.size(), sha);
  }

  private List<String> get(String sha) {
    return Objects.requireNonNull(lists.get(sha));
  }

  @Override
  public List<String> page(PageRequest request) {
    List<String> all = get(request.architectures());
    return script.run(
        "page/" + request.from(),
        () ->
            List.copyOf(
                all.subList(
                    request.from(), Math.min(all.size(), request.from() + request.count()))));
  }

  @Override
  public Sampled promote(PromoteRequest request) {
    return script.run(
        "promote/" + request.rung(),
        () -> {
          List<String> all = get(request.architectures());
          return put(all.subList(0, all.size() / 2));
        });
  }

  @Override
  public EvaluateSampleResult collect(CollectRequest request) {
    return script.run(
        "collect",
        () -> {
          List<String> all = get(request.rungs().getFirst());
          return new EvaluateSampleResult(
              all.size(),
              0,
              Digest.of(request.rungs()),
              new Row(all.getFirst(), "", 1, 1, request.rungs().size() - 1, 0.5, 0.5, 0.5));
        });
  }

  @Override
  public SplitOutcome split(FitSplit request) {
    return script.run(
        "split/%s/%d/%d".formatted(request.kind(), request.trainingRows(), request.split()),
        () ->
            new SplitOutcome(
                request.kind(),
                request.trainingRows(),
                RandomStream.of(0, "fake", request.kind(), request.split()).nextDouble(),
                0.01,
                isShown(request, specification(request.specification()))
                    ? heldOut(specification(request.specification()))
                    : List.of()));
  }

  private static boolean isShown(FitSplit request, EvolutionSpecification specification) {
    int sampled = specification.sample().architectures();
    return request.split() == 0
        && request.kind().equals(specification.predictor().kind())
        && request.trainingRows() == sampled - specification.predictor().heldOutOf(sampled);
  }

  /** As many as are shown of the largest samples. */
  private static List<Prediction> heldOut(EvolutionSpecification specification) {
    RandomStream stream = RandomStream.of(0, "fake", "held-out");
    List<Prediction> predictions = new ArrayList<>();
    int characters = specification.predictor().splits() * 1_000;
    while (characters > 0 && predictions.size() < 3_000) {
      String architecture = specification.searchSpace().random(stream).canonical();
      predictions.add(new Prediction(architecture, stream.nextDouble(), stream.nextDouble()));
      characters -= architecture.length() + 90;
    }
    return predictions;
  }

  @Override
  public Fitted fit(FitPredictor request) {
    String kind = specification(request.specification()).predictor().kind();
    return script.run("fit", () -> new Fitted(kind, Digest.sha256(request.rows()), 24, 0.3, 0.6));
  }

  @Override
  public TrainPredictorResult summarize(Summarize request) {
    return script.run(
        "summarize",
        () ->
            new TrainPredictorResult(
                request.kind(),
                request.fitted().model(),
                request.splits().size(),
                0.3,
                0.6,
                0.01,
                List.of(),
                request.splits().stream().flatMap(split -> split.heldOut().stream()).toList()));
  }

  @Override
  public Evolved evolve(Evolve request) {
    EvolutionSpecification specification = specification(request.specification());
    return script.run(
        "evolve/" + request.strategy(),
        () -> {
          RandomStream stream = RandomStream.of(0, "fake", request.strategy());
          String best = specification.searchSpace().random(stream).canonical();
          return new Evolved(
              request.strategy(),
              best,
              0.9,
              1,
              1,
              100,
              5,
              history(specification),
              front(specification, stream),
              null);
        });
  }

  private static List<HistoryPoint> history(EvolutionSpecification specification) {
    return IntStream.range(0, Math.min(201, specification.search().evaluations() / 100))
        .mapToObj(i -> new HistoryPoint(i, i * 20, 1 / (1.5 + i), 1 / (2.5 + i)))
        .toList();
  }

  private static List<FrontPoint> front(EvolutionSpecification specification, RandomStream stream) {
    return IntStream.range(0, Math.min(101, specification.search().evaluations() / 1000))
        .mapToObj(i ->
            new FrontPoint(
                specification.searchSpace().random(stream).canonical(),
                stream.nextDouble(),
                1_000_000 + i,
                1_000_000L + i,
                stream.nextDouble()))
        .toList();
  }

  private static EvolutionSpecification specification(String json) {
    return Json.read(json, EvolutionSpecification.class);
  }
}
