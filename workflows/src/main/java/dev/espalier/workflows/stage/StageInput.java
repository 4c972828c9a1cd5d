package dev.espalier.workflows.stage;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.StageName;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a stage is given.
 *
 * @param experimentId the experiment it runs for
 * @param stage the stage's name within the experiment
 * @param key the stage key: everything recorded for the stage is recorded under it
 * @param specification the experiment's resolved specification, canonical JSON
 * @param numericClass the arithmetic that the results belong to
 * @param dataDigest digest of the data set, empty while it is not known
 * @param inputs results of the stages before by stage name: JSON, or as {@link HandedOn} says
 * @param resumeFrom the loop's state when the stage continued as new, else null
 * @param salt what {@code run --fresh} adds to whatever finished work is found by; null or empty
 *     without it
 * @param store the store that it belongs to; null where it began before stores had a name
 * @param algorithm what computes it, as {@code gnn-evolution/evolve/2}; null where it began before
 *     that was told
 */
public record StageInput(
    String experimentId,
    String stage,
    String key,
    String specification,
    String numericClass,
    String dataDigest,
    Map<String, String> inputs,
    @Nullable String resumeFrom,
    @Nullable String salt,
    @Nullable String store,
    @Nullable String algorithm) {

  public StageInput {
    inputs = Map.copyOf(inputs);
  }

  /** The stage itself, as requests name it. */
  public StageRef ref() {
    return new StageRef(experimentId, stage, key);
  }

  /** The stage's name within its method's plan. */
  public String plannedStage() {
    return StageName.of(stage).stage();
  }

  /**
   * The result of what was made first by another method, as it was handed on; null where the
   * experiment did not begin with that.
   *
   * @param method whose last stage, the report, came to it
   */
  public @Nullable String madeFirst(String method) {
    return inputs.get(new StageName(method, "report").toString());
  }

  /** The result of an earlier stage, as it was handed on. */
  public String input(String name) {
    String result = inputs.get(name);
    if (result == null) {
      throw new InvalidInput(
          "stage %s needs the result of stage %s, which is not among %s"
              .formatted(stage, name, inputs.keySet()));
    }
    return result;
  }

  /** The same input with another result of an earlier stage. */
  StageInput with(String earlier, String result) {
    Map<String, String> results = new TreeMap<>(inputs);
    results.put(earlier, result);
    return new StageInput(
        experimentId,
        stage,
        key,
        specification,
        numericClass,
        dataDigest,
        results,
        resumeFrom,
        salt,
        store,
        algorithm);
  }

  /** The same input with other data, for a training on a part of the data. */
  public StageInput on(String otherData) {
    return new StageInput(
        experimentId,
        stage,
        key,
        specification,
        numericClass,
        otherData,
        inputs,
        resumeFrom,
        salt,
        store,
        algorithm);
  }

  /**
   * Digest of the table that accuracies are looked up in; null where none is asked for, and in
   * experiments that began before it was told.
   */
  public @Nullable String tableDigest() {
    String prepared = inputs.get("prepare-data");
    return prepared == null ? null : Json.read(prepared, PreparedData.class).tableDigest();
  }

  /** The same input, to continue as new from a state of the stage's loop. */
  public StageInput resumingFrom(String state) {
    return new StageInput(
        experimentId,
        stage,
        key,
        specification,
        numericClass,
        dataDigest,
        inputs,
        state,
        salt,
        store,
        algorithm);
  }
}
