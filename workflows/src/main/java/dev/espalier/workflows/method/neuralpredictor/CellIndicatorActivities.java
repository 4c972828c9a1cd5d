package dev.espalier.workflows.method.neuralpredictor;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Measures indicators of all that is learned from or ranked, shard by shard. */
@ActivityInterface
public interface CellIndicatorActivities {
  /** Lists whom to measure. */
  @ActivityMethod(name = "ListMeasuredCells")
  ListedCells list(ListCells request);

  /** Measures some of them. */
  @ActivityMethod(name = "MeasureCells")
  MeasuredShard measure(MeasureCells request);

  /** Puts the shards together. */
  @ActivityMethod(name = "JoinIndicators")
  IndicatorColumns join(JoinIndicators request);

  /**
   * @param split who is learned from and ranked
   * @param tableDigest empty where nothing is looked up
   */
  record ListCells(
      @JsonUnwrapped StageRef ref, String specification, SplitResult split, String tableDigest) {}

  /**
   * @param architectures SHA-256 of an artifact: their canonical strings, no two of which compute
   *     the same
   */
  record ListedCells(String architectures, int count) {}

  /**
   * @param architectures SHA-256 of the list
   * @param dataDigest of the images; empty where there are none
   * @param shard its number, of {@code count} architectures beginning with {@code from}
   */
  record MeasureCells(
      @JsonUnwrapped StageRef ref,
      String specification,
      String architectures,
      String dataDigest,
      int shard,
      int from,
      int count) {}

  /**
   * @param values SHA-256 of an artifact: by architecture the value of each indicator, null where
   *     it is not a number
   */
  record MeasuredShard(int shard, String values) {}

  /**
   * @param architectures SHA-256 of the list
   * @param shards in order
   */
  record JoinIndicators(
      @JsonUnwrapped StageRef ref,
      String specification,
      SplitResult split,
      String tableDigest,
      String architectures,
      List<MeasuredShard> shards) {
    public JoinIndicators {
      shards = List.copyOf(shards);
    }
  }
}
