package dev.espalier.api.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A replay that was asked for by the API.
 *
 * @param stage the only one to be computed again; empty for all that have a result
 * @param running whether it goes on
 * @param doing how far it is, in words; once it has ended, what it came to or why it failed
 * @param report once it has come to its end
 */
public record ReplayState(
    String experiment,
    String stage,
    boolean running,
    String doing,
    String by,
    Instant begun,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReplayReport report) {

  ReplayState doing(String words) {
    return new ReplayState(experiment, stage, true, words, by, begun, null);
  }

  ReplayState failed(String words) {
    return new ReplayState(experiment, stage, false, words, by, begun, null);
  }

  ReplayState ended(ReplayReport ended) {
    return new ReplayState(experiment, stage, false, ended.inWords(), by, begun, ended);
  }
}
