package dev.espalier.workflows.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.specification.Specification;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainedArchitecture;
import dev.espalier.workflows.experiment.Bookkeeping;
import dev.espalier.workflows.experiment.Bookkeeping.Progress;
import dev.espalier.workflows.experiment.Bookkeeping.RoundRecord;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.PausableUnits.Outcome;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageKey;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** All trainings at once, as many in flight as a window allows. */
public final class EvaluateStageImpl implements EvaluateStage {
  /** Far more than any machine's slots, far less than a history can hold. */
  private static final int WINDOW = 64;

  private final PausableUnits units;
  private final Bookkeeping bookkeeping;
  private final TrainingActivities activities;

  @WorkflowInit
  public EvaluateStageImpl(StageInput input) {
    StageNotes notes = new StageNotes(input);
    units = notes.units();
    bookkeeping = notes.bookkeeping();
    activities =
        Workflow.newActivityStub(
            TrainingActivities.class, ActivityRules.compute(input.numericClass()));
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> evaluate(input));
  }

  private String evaluate(StageInput input) {
    List<TrainArchitecture> trainings = trainings(input);
    bookkeeping.recordRound(
        new RoundRecord(
            input.experimentId(),
            input.stage(),
            input.key(),
            0,
            CanonicalJson.of(
                Map.of("trainings", trainings.stream().map(EvaluateStageImpl::announce).toList())),
            "Training %d architectures the same way".formatted(trainings.size()),
            new Progress(0, 1, 0, trainings.size(), "trainings")));
    List<Outcome<TrainedArchitecture>> outcomes =
        units.run(trainings, WINDOW, activities::train, (training, outcome) -> {});
    boolean mayDiverge =
        Json.read(input.specification(), Specification.class)
            .failure()
            .onDiverged()
            .equals("continue");
    List<Evaluated> evaluated = new ArrayList<>();
    for (int i = 0; i < trainings.size(); i++) {
      evaluated.add(evaluated(trainings.get(i), outcomes.get(i), mayDiverge));
    }
    return CanonicalJson.of(new EvaluateResult(evaluated));
  }

  private static Map<String, String> announce(TrainArchitecture training) {
    return Map.of(
        "evaluationId",
        training.evaluationId(),
        "recordId",
        training.recordId(),
        "architecture",
        training.architecture(),
        "role",
        training.role());
  }

  /** The found architecture and random ones, all different. */
  private static List<TrainArchitecture> trainings(StageInput input) {
    Specification specification = Json.read(input.specification(), Specification.class);
    String found = Json.read(input.input("prune"), JsonNode.class).get("architecture").asText();
    SearchSpace space = SearchSpaces.named(specification.space());
    Set<String> architectures = new LinkedHashSet<>();
    architectures.add(space.parse(found).canonical());
    RandomStream stream = RandomStream.of(specification.seed(), "evaluate", "random-architectures");
    while (architectures.size() <= specification.evaluation().randomCells()) {
      architectures.add(space.random(stream).canonical());
    }
    List<TrainArchitecture> trainings = new ArrayList<>();
    for (String architecture : architectures) {
      trainings.add(training(input, specification, architecture, trainings.size()));
    }
    return trainings;
  }

  private static TrainArchitecture training(
      StageInput input, Specification specification, String architecture, int number) {
    String protocol = CanonicalJson.of(protocol(specification));
    String evaluationId =
        Digest.of(
            Map.of(
                "space", specification.space(),
                "architecture", architecture,
                "data", input.dataDigest(),
                "protocol", Json.read(protocol, JsonNode.class),
                "seed", specification.seed(),
                "numericClass", input.numericClass()));
    return new TrainArchitecture(
        input.experimentId(),
        input.stage(),
        input.key(),
        evaluationId,
        StageKey.salted(evaluationId, Objects.requireNonNullElse(input.salt(), "")),
        specification.space(),
        architecture,
        number == 0 ? EvaluateResult.FOUND : EvaluateResult.RANDOM,
        number,
        protocol,
        input.specification(),
        input.dataDigest());
  }

  /** What of the evaluation settings one training depends on. */
  private static JsonNode protocol(Specification specification) {
    ObjectNode protocol = (ObjectNode) Json.tree(specification.evaluation());
    protocol.remove(List.of("randomCells", "table"));
    return protocol;
  }

  /** A training that diverged is an answer: this recipe cannot train that architecture. */
  private static Evaluated evaluated(
      TrainArchitecture training, Outcome<TrainedArchitecture> outcome, boolean mayDiverge) {
    if (outcome instanceof Outcome.Failed<TrainedArchitecture>(String type, String reason)
        && type.equals(ActivityRules.DIVERGED)
        && mayDiverge) {
      return new Evaluated(
          training.evaluationId(),
          training.architecture(),
          training.role(),
          null,
          null,
          null,
          null);
    }
    TrainedArchitecture trained = SingleUnit.orFail(outcome);
    return new Evaluated(
        training.evaluationId(),
        training.architecture(),
        training.role(),
        trained.validationAccuracy(),
        trained.testAccuracy(),
        trained.trainLoss(),
        trained.weights());
  }

  @Override
  public void pause() {
    units.pause();
  }

  @Override
  public void resume() {
    units.resume();
  }
}
