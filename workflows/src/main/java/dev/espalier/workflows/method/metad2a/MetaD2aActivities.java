package dev.espalier.workflows.method.metad2a;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.stage.PreparedData;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** Searches by meta-trained models. */
@ActivityInterface
public interface MetaD2aActivities {
  /** Finds the models and what is known beside them. */
  @ActivityMethod(name = "PrepareMetaD2aSearch")
  PreparedSearch prepare(PrepareSearch request);

  @ActivityMethod(name = "EncodeDataSet")
  EncodedData encode(EncodeDataSet request);

  @ActivityMethod(name = "GenerateArchitectures")
  GeneratedArchitectures generate(GenerateArchitectures request);

  @ActivityMethod(name = "RankArchitectures")
  RankingResult rank(RankArchitectures request);

  /** Sums up. */
  @ActivityMethod(name = "ReportMetaD2a")
  MetaD2aResult report(ReportMetaD2a request);

  /**
   * @param data the images and the table; null where no image is looked at
   * @param made the result of training the models first: JSON, or as {@link
   *     dev.espalier.workflows.stage.HandedOn} says; null where they are found by names
   */
  record PrepareSearch(
      @JsonUnwrapped StageRef ref,
      String specification,
      @Nullable PreparedData data,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String made) {}

  record EncodeDataSet(
      @JsonUnwrapped StageRef ref, String specification, PreparedSearch prepared) {}

  record GenerateArchitectures(
      @JsonUnwrapped StageRef ref,
      String specification,
      PreparedSearch prepared,
      EncodedData encoded) {}

  record RankArchitectures(
      @JsonUnwrapped StageRef ref,
      String specification,
      PreparedSearch prepared,
      EncodedData encoded,
      GeneratedArchitectures generated) {}

  /**
   * @param ranking result of that stage: JSON, or as {@link dev.espalier.workflows.stage.HandedOn}
   *     says; {@code evaluated} likewise
   * @param salt what {@code run --fresh} adds to the ids of evaluations; null or empty without it
   * @param seen whether the models learned from tasks of these very images
   */
  record ReportMetaD2a(
      @JsonUnwrapped StageRef ref,
      String specification,
      String ranking,
      String evaluated,
      @Nullable String salt,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean seen) {}
}
