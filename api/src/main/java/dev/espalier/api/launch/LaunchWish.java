package dev.espalier.api.launch;

import dev.espalier.store.ExperimentOrigin;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be launched.
 *
 * @param specification YAML or JSON, as a person wrote it
 * @param sets overrides, dotted path to value
 * @param fresh whether to compute again what is already known
 * @param launchedBy who asks, in words
 * @param key names this wish: asked for again, the experiment of the first time is the answer;
 *     empty for none
 * @param origin the experiment that it follows, whose resolved specification is given; null for
 *     none
 */
public record LaunchWish(
    String specification,
    Map<String, String> sets,
    boolean fresh,
    String launchedBy,
    String key,
    @Nullable ExperimentOrigin origin) {
  public LaunchWish {
    sets = Map.copyOf(sets);
  }
}
