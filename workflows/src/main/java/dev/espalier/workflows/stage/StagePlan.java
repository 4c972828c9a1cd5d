package dev.espalier.workflows.stage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import java.util.List;

/**
 * One stage of a plan.
 *
 * @param name the stage's name within the experiment, such as {@code prune}
 * @param kind its workflow type, such as {@code PruneStage}
 * @param revision the revision of its algorithm, part of the stage key: raised when the same
 *     parameters give other numbers
 * @param sections the sections of the specification that can change its result, part of the stage
 *     key
 * @param shared whether experiments share its result; the others are cheap and look afresh, so that
 *     what they find, and not how they found it, decides the keys of the stages after them
 */
public record StagePlan(
    String name, String kind, int revision, List<String> sections, boolean shared) {
  /** How the kinds begin that train, or look up, what is recorded as an evaluation. */
  private static final String EVALUATING = "Evaluate";

  public StagePlan {
    sections = List.copyOf(sections);
  }

  /** Whether it records evaluations, by what {@link StageInput#salt} says. */
  public boolean evaluates() {
    return kind.startsWith(EVALUATING);
  }

  /**
   * What computes it, such as {@code gnn-evolution/evolve/2}.
   *
   * @param specification the experiment's, JSON
   */
  public String algorithm(String specification) {
    return algorithmOf(Json.read(specification, JsonNode.class).path("method").asText());
  }

  /** What computes it as a stage of that method. */
  public String algorithmOf(String method) {
    return "%s/%s/%d".formatted(method, name, revision);
  }
}
