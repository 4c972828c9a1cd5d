package dev.espalier.workflows.method.neuralpredictor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ranks candidates by a fitted predictor. */
@ActivityInterface
public interface RankActivities {
  /** Predicts some of the candidates. */
  @ActivityMethod(name = "RankShard")
  RankedShard shard(RankShard request);

  /** Puts the shards together: the best ranked, and how good the ranking is where that is known. */
  @ActivityMethod(name = "MergeRanks")
  RankResult merge(MergeRanks request);

  /**
   * What candidates are, and what predicts them.
   *
   * @param tableDigest of the table that they come from; empty without one
   * @param candidates how many there are
   * @param listed SHA-256 of their list, empty where they are all of the table, or of the space
   * @param model SHA-256 of the predictor that ranks
   * @param other that of the one fitted to all cells, where that is another; else null
   * @param classifier that of the classifier; null without one
   * @param threshold the lowest accuracy that passes
   * @param columns SHA-256 of what is known of candidates beside their graphs; null without any
   */
  record Ranking(
      String tableDigest,
      int candidates,
      String listed,
      String model,
      @Nullable String other,
      @Nullable String classifier,
      double threshold,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String columns) {}

  /**
   * @param shard from 0
   * @param from the first candidate; {@code count} of them
   */
  record RankShard(
      @JsonUnwrapped StageRef ref,
      String specification,
      Ranking ranking,
      int shard,
      int from,
      int count) {}

  /**
   * @param rows SHA-256 of the predictions, an artifact
   */
  record RankedShard(int shard, String rows) {}

  /**
   * @param training SHA-256 of the list of the training cells: they are not ranked
   * @param shards in order
   */
  record MergeRanks(
      @JsonUnwrapped StageRef ref,
      String specification,
      Ranking ranking,
      String training,
      List<RankedShard> shards) {
    public MergeRanks {
      shards = List.copyOf(shards);
    }
  }
}
