package dev.espalier.workflows.stage;

import dev.espalier.search.method.StageName;
import java.util.List;

/**
 * What an experiment makes first: the stages of another method, as if they ran alone.
 *
 * @param method whose stages they are
 * @param specification resolved, canonical JSON
 * @param plan the stages, in order; the last one sums up
 */
public record Prerequisite(String method, String specification, List<StagePlan> plan) {
  public Prerequisite {
    plan = List.copyOf(plan);
  }

  /** How a stage of the method is called in the experiment. */
  public String stageName(String stage) {
    return new StageName(method, stage).toString();
  }
}
