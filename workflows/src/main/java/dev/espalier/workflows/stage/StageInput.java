package dev.espalier.workflows.stage;

import dev.espalier.search.failure.InvalidInput;
import java.util.Map;
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
 * @param inputs results of the stages before, JSON by stage name
 * @param resumeFrom the loop's state when the stage continued as new, else null
 * @param salt what {@code run --fresh} adds to whatever finished work is found by; null or empty
 *     without it
 * @param store the store that it belongs to; null where it began before stores had a name
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
    @Nullable String store) {

  public StageInput {
    inputs = Map.copyOf(inputs);
  }

  /** The result of an earlier stage, as JSON. */
  public String input(String name) {
    String result = inputs.get(name);
    if (result == null) {
      throw new InvalidInput(
          "stage %s needs the result of stage %s, which is not among %s"
              .formatted(stage, name, inputs.keySet()));
    }
    return result;
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
        store);
  }
}
