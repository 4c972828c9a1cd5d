package dev.espalier.workflows.fake;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities;
import dev.espalier.workflows.method.neuralpredictor.CellIndicatorActivities;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.Confusion;
import dev.espalier.workflows.method.neuralpredictor.IndicatorColumns;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorReportActivities;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.PreparedTable;
import dev.espalier.workflows.method.neuralpredictor.RankActivities;
import dev.espalier.workflows.method.neuralpredictor.RankResult;
import dev.espalier.workflows.method.neuralpredictor.SplitResult;
import dev.espalier.workflows.method.neuralpredictor.TableActivities;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import dev.espalier.workflows.sampling.SamplingActivities.Sampled;
import dev.espalier.workflows.stage.HandedOn;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What Neural Predictor computes beside trainings, replaced by numbers drawn from what is asked.
 */
public final class FakeNeuralPredictor
    implements TableActivities,
        CellIndicatorActivities,
        CellFitActivities,
        RankActivities,
        NeuralPredictorReportActivities {
  private static final int CELLS = 9_445;

  private final Script script;
  private final FakeStore store;
  private final FakeEvolution lists;

  /**
   * @param lists where the lists are that samples are read from
   */
  FakeNeuralPredictor(Script script, FakeStore store, FakeEvolution lists) {
    this.script = script;
    this.store = store;
    this.lists = lists;
  }

  @Override
  public PreparedTable table(PrepareTable request) {
    String digest = Digest.sha256(script.table());
    return script.run(
        "table", () -> new PreparedTable(digest, digest, CELLS, false, "valid", "test"));
  }

  @Override
  public SplitResult split(SplitCells request) {
    NeuralPredictorSpecification specification = specification(request.specification());
    return script.run(
        "cells",
        () -> {
          Sampled drawn = lists.put(specification.draw(10));
          boolean all = specification.search().candidates() == 0;
          int candidates =
              !all
                  ? specification.search().candidates()
                  : request.tableDigest().isEmpty() ? 15_625 : CELLS;
          return new SplitResult(
              specification.split().name(),
              Digest.sha256(request.tableDigest() + drawn.architectures()),
              drawn.count(),
              drawn.architectures(),
              request.tableDigest().isEmpty() ? 0 : CELLS - drawn.count(),
              candidates,
              all ? "" : Digest.sha256("candidates"),
              null);
        });
  }

  @Override
  public ListedCells list(ListCells request) {
    return script.run(
        "measured",
        () -> new ListedCells(Digest.of(request.split()), request.split().candidates()));
  }

  @Override
  public MeasuredShard measure(MeasureCells request) {
    return script.run(
        "measured-on-%s/%d/%d"
            .formatted(
                request.dataDigest().isEmpty() ? "noise" : "images",
                request.from(),
                request.count()),
        () ->
            new MeasuredShard(
                request.shard(), Digest.of(List.of(request.dataDigest(), request.from()))));
  }

  @Override
  public IndicatorColumns join(JoinIndicators request) {
    List<String> names =
        Objects.requireNonNull(specification(request.specification()).indicators()).names();
    return script.run(
        "joined",
        () ->
            new IndicatorColumns(names, request.split().candidates(), Digest.of(request.shards())));
  }

  @Override
  public Counted count(CountCells request) {
    int train = specification(request.specification()).split().train();
    return script.run("count", () -> new Counted(train, 0.5, train / 2, 0.1, 0.9));
  }

  /** Later settings rank better. */
  @Override
  public FoldOutcome fold(FitFold request) {
    NeuralPredictorSpecification specification = specification(request.specification());
    int folds = specification.crossValidation().folds();
    return script.run(
        "fold/%s/%d/%d/%d"
            .formatted(
                kind(request.target()), request.target().point(), request.repeat(), request.fold()),
        () -> {
          RandomStream stream =
              RandomStream.of(0, "fake", "fold", request.repeat(), request.fold());
          int held = Math.max(1, specification.split().train() / folds);
          return new FoldOutcome(
              request.target().point(),
              request.repeat(),
              request.fold(),
              0.1 * request.target().point() + 0.05 * stream.nextDouble(),
              0.01,
              held,
              request.target().classifies() ? new Confusion(3, 1, 2, 4) : null,
              request.repeat() == 0
                  ? heldOut(specification, stream, Math.min(held, 300 / folds))
                  : List.of());
        });
  }

  private static List<Prediction> heldOut(
      NeuralPredictorSpecification specification, RandomStream stream, int cells) {
    return IntStream.range(0, cells)
        .mapToObj(i ->
            new Prediction(
                specification.searchSpace().random(stream).canonical(),
                stream.nextDouble(),
                stream.nextDouble()))
        .toList();
  }

  private static String kind(Target target) {
    return target.classifies() ? "classifier" : target.passing() ? "passing" : "all";
  }

  @Override
  public FittedCells fit(FitCells request) {
    return script.run(
        "fitted/" + request.name(),
        () ->
            new FittedCells(
                Digest.of(
                    Stream.of(request.name(), request.target(), request.columns())
                        .filter(Objects::nonNull)
                        .toList()),
                10,
                IntStream.range(1, 150).mapToObj(epoch -> 1.0 / (epoch + 0.5)).toList()));
  }

  @Override
  public RankedShard shard(RankShard request) {
    return script.run(
        "shard/%d/%d".formatted(request.from(), request.count()),
        () ->
            new RankedShard(
                request.shard(), Digest.of(List.of(request.ranking(), request.from()))));
  }

  @Override
  public RankResult merge(MergeRanks request) {
    NeuralPredictorSpecification specification = specification(request.specification());
    return script.run(
        "merge/" + request.shards().size(),
        () -> {
          RandomStream stream = RandomStream.of(1, "fake", "top");
          Set<String> top = new LinkedHashSet<>();
          while (top.size() < specification.search().top()) {
            top.add(specification.searchSpace().random(stream).canonical());
          }
          Sampled listed = lists.put(List.copyOf(top));
          return new RankResult(
              listed.count(),
              listed.architectures(),
              Digest.of(request.shards()),
              100,
              50,
              null,
              null,
              List.of());
        });
  }

  @Override
  public NeuralPredictorResult report(NeuralPredictorReportRequest request) {
    return script.run(
        "summary",
        () -> {
          EvaluateSampleResult top = Json.read(whole(request.top()), EvaluateSampleResult.class);
          CellPredictorResult predictor =
              Json.read(whole(request.predictor()), CellPredictorResult.class);
          return new NeuralPredictorResult(
              Objects.requireNonNull(top.best()).architecture(),
              1,
              1,
              1,
              0.5,
              top.count(),
              0,
              0.5,
              new Accuracy(0.5, 0.5),
              0.4,
              predictor.kind(),
              predictor.best().tau(),
              List.of(),
              null,
              null);
        });
  }

  private String whole(String handedOn) {
    return HandedOn.key(handedOn).map(store::stageResult).orElse(handedOn);
  }

  private static NeuralPredictorSpecification specification(String json) {
    return Json.read(json, NeuralPredictorSpecification.class);
  }
}
