package dev.espalier.workflows.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.SamplesArchitectures;
import dev.espalier.search.method.TrainsNetworks;
import dev.espalier.search.method.TrainsNetworks.Training;
import dev.espalier.search.settings.OwnProgram;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.method.MethodPlan.Finalist;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a training, and the identity of its evaluation: a digest of all that determines
 * it, so that experiments share it.
 */
public final class Trainings {
  /** The role of an architecture that a predictor learns from. */
  public static final String SAMPLE = "sample";

  private Trainings() {}

  /** A training of the architecture that was found, or of one it is compared with. */
  static TrainArchitecture ofFinalist(
      StageInput input, TrainsNetworks specification, Finalist finalist, boolean countsEpochs) {
    Subject subject =
        new Subject(finalist.architecture(), finalist.role(), finalist.seed(), 0, null);
    return training(input, specification, subject, finalist.number(), null, null, countsEpochs);
  }

  /**
   * A training of the sample.
   *
   * @param rung how far it is trained, from 0
   * @param round of the stage's progress
   */
  public static TrainArchitecture ofSample(
      StageInput input,
      SamplesArchitectures specification,
      String architecture,
      int number,
      int rung,
      int round) {
    int epochs = specification.epochsOfRung(rung);
    Subject subject =
        new Subject(
            architecture,
            SAMPLE,
            specification.seed(),
            stop(specification, epochs),
            input.tableDigest());
    String continues =
        rung == 0
            ? null
            : recordId(
                specification,
                new Subject(
                    architecture,
                    SAMPLE,
                    specification.seed(),
                    stop(specification, specification.epochsOfRung(rung - 1)),
                    input.tableDigest()),
                input.dataDigest(),
                input.numericClass(),
                input.salt());
    return training(input, specification, subject, number, round, continues, false);
  }

  /**
   * The id under which the evaluation of a rung is recorded.
   *
   * @param tableDigest as in the request for it
   */
  public static String recordIdOfSample(
      SamplesArchitectures specification,
      String architecture,
      int rung,
      String dataDigest,
      String numericClass,
      @Nullable String salt,
      @Nullable String tableDigest) {
    int epochs = specification.epochsOfRung(rung);
    return recordId(
        specification,
        new Subject(
            architecture, SAMPLE, specification.seed(), stop(specification, epochs), tableDigest),
        dataDigest,
        numericClass,
        salt);
  }

  /**
   * A training on a task, which is a part of the experiment's data.
   *
   * @param data digest of the task's images
   * @param number among the trainings of the stage
   * @param round of the stage's progress
   */
  public static TrainArchitecture ofTask(
      StageInput input,
      TrainsNetworks specification,
      String data,
      String architecture,
      int number,
      int round) {
    return training(
        input.on(data),
        specification,
        onTask(specification, architecture),
        number,
        round,
        null,
        false);
  }

  /**
   * The id under which the evaluation on a task is recorded.
   *
   * @param data digest of the task's images
   */
  public static String recordIdOfTask(
      TrainsNetworks specification,
      String data,
      String architecture,
      String numericClass,
      @Nullable String salt) {
    return recordId(specification, onTask(specification, architecture), data, numericClass, salt);
  }

  private static Subject onTask(TrainsNetworks specification, String architecture) {
    return new Subject(architecture, SAMPLE, specification.seed(), 0, null);
  }

  private static int stop(SamplesArchitectures specification, int epochs) {
    return epochs == specification.training().recipe().epochs() ? 0 : epochs;
  }

  private static String recordId(
      TrainsNetworks specification,
      Subject subject,
      String dataDigest,
      String numericClass,
      @Nullable String salt) {
    return StageKey.salted(
        evaluationId(specification, subject, dataDigest, numericClass),
        Objects.requireNonNullElse(salt, ""));
  }

  /**
   * @param stopAfterEpoch 0 to train to the end
   * @param tableDigest of the table that it is looked up in, null where that is not known or none
   */
  private record Subject(
      String architecture,
      String role,
      long seed,
      int stopAfterEpoch,
      @Nullable String tableDigest) {
    Subject toTheEnd() {
      return new Subject(architecture, role, seed, 0, tableDigest);
    }
  }

  private static TrainArchitecture training(
      StageInput input,
      TrainsNetworks specification,
      Subject subject,
      int number,
      @Nullable Integer round,
      @Nullable String continues,
      boolean countsEpochs) {
    Training training = specification.training();
    return new TrainArchitecture(
        input.ref(),
        evaluationId(specification, subject, input.dataDigest(), input.numericClass()),
        recordId(specification, subject, input.dataDigest(), input.numericClass(), input.salt()),
        specification.space(),
        subject.architecture(),
        subject.role(),
        number,
        CanonicalJson.of(protocol(specification, subject)),
        null,
        input.dataDigest(),
        subject.seed(),
        subject.stopAfterEpoch(),
        round,
        continues,
        subject.stopAfterEpoch() == 0 && continues == null
            ? null
            : evaluationId(
                specification, subject.toTheEnd(), input.dataDigest(), input.numericClass()),
        subject.tableDigest(),
        training.network(),
        training.recipe(),
        isLookedUp(specification, subject) ? specification.table() : null,
        specification.failure().attemptsWithoutProgress(),
        countsEpochs,
        isLookedUp(specification, subject) && !specification.policy().isEmpty()
            ? specification.policy()
            : null);
  }

  private static String evaluationId(
      TrainsNetworks specification, Subject subject, String dataDigest, String numericClass) {
    return Digest.of(
        Map.of(
            "space", specification.space(),
            "architecture", subject.architecture(),
            "data", dataDigest,
            "protocol", protocol(specification, subject),
            "seed", subject.seed(),
            "numericClass", numericClass));
  }

  /** What of the settings one evaluation depends on. */
  private static JsonNode protocol(TrainsNetworks specification, Subject subject) {
    if (isLookedUp(specification, subject)) {
      return looksUp(specification, subject.tableDigest()); // nothing is trained
    }
    JsonNode protocol = specification.protocol();
    ((ObjectNode) protocol).remove(OwnProgram.BOUNDS);
    if (subject.stopAfterEpoch() > 0) {
      ((ObjectNode) protocol).put("stopAfterEpoch", subject.stopAfterEpoch());
    }
    return protocol;
  }

  private static boolean isLookedUp(TrainsNetworks specification, Subject subject) {
    return subject.role().equals(SAMPLE) && !specification.table().isEmpty();
  }

  /** Where only the name is known, the protocol of before: what was recorded then is found. */
  private static JsonNode looksUp(TrainsNetworks specification, @Nullable String tableDigest) {
    ObjectNode protocol = (ObjectNode) Json.tree(Map.of("table", specification.table()));
    if (tableDigest != null) {
      protocol.put("tableDigest", tableDigest);
    }
    if (!specification.policy().isEmpty()) {
      protocol.put("policy", specification.policy());
    }
    return protocol;
  }

  /** The trainings of a round, for people. */
  public static String announcement(List<TrainArchitecture> trainings) {
    return CanonicalJson.of(
        Map.of("trainings", trainings.stream().map(Trainings::announced).toList()));
  }

  private static Map<String, Object> announced(TrainArchitecture training) {
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
}
