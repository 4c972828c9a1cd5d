package dev.espalier.api.launch;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import java.util.Collection;
import java.util.Map;

/**
 * How an experiment is to be followed by another one.
 *
 * @param verb {@code rerun}, or {@code fork} for one in another direction
 * @param from the stage from which all is computed anew; empty for what differs only
 * @param sets settings that differ, dotted path to value; {@code seed} and {@code data} among them
 */
public record RerunWish(String verb, String from, Map<String, String> sets) {
  public RerunWish {
    sets = Map.copyOf(sets);
  }

  /**
   * That the stage is one of these.
   *
   * @throws InvalidInput if it is none
   */
  void requireStage(String experiment, Collection<String> stages) {
    if (!from.isEmpty() && !stages.contains(from)) {
      throw new InvalidInput(
          "%s has no stage %s: it has %s.%s"
              .formatted(
                  experiment, from, String.join(", ", stages), DidYouMean.sentence(from, stages)));
    }
  }
}
