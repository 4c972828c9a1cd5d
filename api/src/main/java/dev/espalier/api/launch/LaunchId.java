package dev.espalier.api.launch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.Prerequisites;
import dev.espalier.search.method.Specification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentOrigin;
import dev.espalier.store.Store;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The id of an experiment that is being launched, short enough to type. Ids are not results: they
 * may come from the clock. Under a key the id is a function of the key, so that a launch that is
 * asked for again, after a lost answer or a death, finds the experiment of the first time.
 *
 * @param key of the launch; empty for none
 */
record LaunchId(String method, String key) {
  private static final String LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

  /** With a key there is no second try: two keys must not meet in one id. */
  private static final int KEYED = 10;

  private static final int USUAL = 6;

  /** Under a key always the same, else another one each time. */
  String next() {
    return key.isEmpty()
        ? id(
            USUAL,
            RandomStream.of(System.nanoTime(), "experiment-id", ProcessHandle.current().pid()))
        : id(KEYED, RandomStream.of(0, "experiment-key", Digest.sha256(key)));
  }

  private String id(int length, RandomStream stream) {
    StringBuilder id = new StringBuilder(method).append('-');
    for (int i = 0; i < length; i++) {
      id.append(LETTERS.charAt(stream.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  /**
   * What was launched under the key before, if anything was.
   *
   * @throws KeyTaken if that is another experiment
   */
  Optional<ExperimentDocument> launched(
      Store store, Specification specification, LaunchWish wished) {
    if (key.isEmpty()) {
      return Optional.empty();
    }
    Optional<ExperimentDocument> found = store.experiments().find(next());
    found
        .filter(experiment ->
            !wish(experiment.specification()).equals(wish(specification.canonical()))
                || experiment.salt().isEmpty() == wished.fresh()
                || !isLike(experiment.origin(), wished.origin()))
        .ifPresent(other -> {
          throw new KeyTaken(
              ("the Idempotency-Key was used before, to launch %s by another specification: "
                      + "send a new key with a new experiment")
                  .formatted(other.id()));
        });
    return found;
  }

  private static boolean isLike(@Nullable ExperimentOrigin one, @Nullable ExperimentOrigin other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.isLike(other);
  }

  /**
   * What was asked for. What is made first is no part of it: the second time it may be here
   * already.
   */
  private static JsonNode wish(String specification) {
    return Prerequisites.without(Json.read(specification, JsonNode.class));
  }
}
