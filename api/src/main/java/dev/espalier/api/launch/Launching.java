package dev.espalier.api.launch;

import dev.espalier.store.ExperimentDocument;
import java.util.Map;

/** Turns a specification into a running experiment. */
public interface Launching {
  /**
   * Checks the specification, writes the experiment's document, then starts its workflow.
   *
   * @param specificationYamlOrJson what to run, as a person wrote it
   * @param sets overrides, dotted path to value
   * @param fresh whether to compute again what is already known
   * @param launchedBy who asked, in words
   * @param key names this wish: asked for again, the experiment of the first time is the answer;
   *     empty for none
   * @throws dev.espalier.search.failure.InvalidInput with every problem of the specification at
   *     once
   * @throws KeyTaken if another experiment was launched under that key
   */
  ExperimentDocument launch(
      String specificationYamlOrJson,
      Map<String, String> sets,
      boolean fresh,
      String launchedBy,
      String key);

  /** The same under no key. */
  default ExperimentDocument launch(
      String specificationYamlOrJson, Map<String, String> sets, boolean fresh, String launchedBy) {
    return launch(specificationYamlOrJson, sets, fresh, launchedBy, "");
  }
}
