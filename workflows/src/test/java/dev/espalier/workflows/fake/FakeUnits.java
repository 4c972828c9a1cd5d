package dev.espalier.workflows.fake;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.Specification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.workflows.data.DataActivities;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import dev.espalier.workflows.evaluation.TrainingActivities;
import dev.espalier.workflows.method.evolution.EvolutionReportActivities;
import dev.espalier.workflows.method.evolution.EvolutionResult;
import dev.espalier.workflows.method.evolution.EvolveResult;
import dev.espalier.workflows.method.tenas.MeasureActivities;
import dev.espalier.workflows.method.tenas.PruneResult;
import dev.espalier.workflows.method.tenas.TeNasReportActivities;
import dev.espalier.workflows.method.tenas.TeNasResult;
import dev.espalier.workflows.method.tenas.TeNasResult.Trained;
import dev.espalier.workflows.method.training.TrainResult;
import dev.espalier.workflows.method.training.TrainingReportActivities;
import dev.espalier.workflows.stage.HandedOn;
import dev.espalier.workflows.stage.PreparedData;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All work that computes, replaced by numbers drawn from what is asked and nothing else. */
public final class FakeUnits
    implements DataActivities,
        MeasureActivities,
        TrainingActivities,
        TeNasReportActivities,
        EvolutionReportActivities,
        TrainingReportActivities {
  private final Script script;
  private final FakeStore store;

  public FakeUnits(Script script, FakeStore store) {
    this.script = script;
    this.store = store;
  }

  private String whole(String handedOn) {
    return HandedOn.key(handedOn).map(store::stageResult).orElse(handedOn);
  }

  @Override
  public PreparedData prepare(PrepareData request) {
    return script.run(
        "data",
        () ->
            new PreparedData(
                Digest.sha256(request.name()),
                1,
                28,
                28,
                10,
                60_000,
                10_000,
                request.table() == null ? null : Digest.sha256(script.table())));
  }

  @Override
  public MeasuredChunk measure(MeasureChunk chunk) {
    long seed = Json.read(chunk.specification(), Specification.class).seed();
    return script.run(
        "measure/%d/%s".formatted(chunk.round(), chunk.name()),
        () ->
            new MeasuredChunk(
                chunk.items().stream().map(item -> measured(seed, chunk.round(), item)).toList()));
  }

  /** One state in twenty is singular. */
  private static Measured measured(long seed, int round, Item item) {
    RandomStream stream = RandomStream.of(seed, "fake", round, item.repeat(), item.mask());
    boolean singular = stream.nextInt(20) == 0;
    double condition = 10 + 1000 * stream.nextDouble();
    return new Measured(singular ? null : condition, singular, 1 + stream.nextInt(1000), false);
  }

  @Override
  public TrainedArchitecture train(TrainArchitecture request) {
    return script.run(
        "train/" + request.number(),
        () -> {
          RandomStream stream = RandomStream.of(0, "fake", request.evaluationId());
          return new TrainedArchitecture(
              request.evaluationId(),
              stream.nextDouble(),
              stream.nextDouble(),
              stream.nextDouble(),
              Digest.sha256("weights of " + request.evaluationId()));
        });
  }

  @Override
  public TeNasResult report(ReportRequest request) {
    return script.run("report", () -> summary(request));
  }

  @Override
  public TrainResult report(TrainReportRequest request) {
    return script.run(
        "report",
        () -> {
          Evaluated trained =
              Json.read(whole(request.trained()), EvaluateResult.class).evaluations().getFirst();
          return new TrainResult(
              trained.architecture(), 1, 1, 5, null, trained.trainLoss(), trained.weights());
        });
  }

  @Override
  public EvolutionResult report(EvolutionReportRequest request) {
    return script.run(
        "report",
        () ->
            new EvolutionResult(
                Json.read(whole(request.evolve()), EvolveResult.class).architecture(),
                1,
                1,
                0.5,
                null,
                1,
                0,
                null,
                "ensemble",
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                List.of()));
  }

  private TeNasResult summary(ReportRequest request) {
    List<Evaluated> evaluated =
        Json.read(whole(request.evaluated()), EvaluateResult.class).evaluations();
    return new TeNasResult(
        Json.read(whole(request.pruned()), PruneResult.class).architecture(),
        1,
        1,
        Map.of(),
        accuracy(evaluated.getFirst()),
        evaluated.stream()
            .skip(1)
            .map(each -> new Trained(each.architecture(), accuracy(each)))
            .toList(),
        null,
        null,
        Map.of());
  }

  private static @Nullable Accuracy accuracy(Evaluated evaluated) {
    Double validation = evaluated.validationAccuracy();
    return validation == null
        ? null
        : new Accuracy(validation, Objects.requireNonNull(evaluated.testAccuracy()));
  }
}
