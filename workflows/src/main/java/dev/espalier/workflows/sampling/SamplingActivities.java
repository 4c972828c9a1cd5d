package dev.espalier.workflows.sampling;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists of architectures, and what training them came to. Lists are artifacts, since thousands of
 * entries are too much for a history: workflows carry their SHA-256 and read them page by page.
 */
@ActivityInterface
public interface SamplingActivities {
  /** Draws the sample. */
  @ActivityMethod(name = "Sample")
  Sampled sample(SampleRequest request);

  /** Some entries of a list. */
  @ActivityMethod(name = "SamplePage")
  List<String> page(PageRequest request);

  /** The part of a rung that is trained further. */
  @ActivityMethod(name = "Promote")
  Sampled promote(PromoteRequest request);

  /** Puts the evaluations of the whole sample together. */
  @ActivityMethod(name = "CollectEvaluations")
  EvaluateSampleResult collect(CollectRequest request);

  /**
   * @param tableDigest as of {@code TrainingActivities.TrainArchitecture}, and so in the other
   *     requests
   */
  record SampleRequest(
      @JsonUnwrapped StageRef ref,
      String specification,
      String dataDigest,
      @Nullable String tableDigest) {}

  /**
   * @param architectures SHA-256 of the artifact: a JSON array of canonical strings
   */
  record Sampled(int count, String architectures) {}

  record PageRequest(String architectures, int from, int count) {}

  /**
   * @param architectures the rung's list
   * @param rung from 0
   * @param failed trainings of this rung that failed; null from older workflows
   */
  record PromoteRequest(
      @JsonUnwrapped StageRef ref,
      String specification,
      String dataDigest,
      @Nullable String salt,
      String architectures,
      int rung,
      @Nullable String tableDigest,
      @Nullable Integer failed) {}

  /**
   * @param rungs the list of every rung, the whole sample first
   * @param failed trainings that failed, over all rungs; null from older workflows
   */
  record CollectRequest(
      @JsonUnwrapped StageRef ref,
      String specification,
      String dataDigest,
      @Nullable String salt,
      List<String> rungs,
      @Nullable String tableDigest,
      @Nullable Integer failed) {
    public CollectRequest {
      rungs = List.copyOf(rungs);
    }
  }
}
