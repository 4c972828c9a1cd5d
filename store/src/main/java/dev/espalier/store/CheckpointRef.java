package dev.espalier.store;

/**
 * A checkpoint of a unit of work.
 *
 * @param sha of the artifact
 */
public record CheckpointRef(String sha, int epoch, long step) implements Comparable<CheckpointRef> {
  /** The kind of the artifact. */
  public static final String KIND = "checkpoint";

  public CheckpointRef {
    RecordChecks.id("a checkpoint's artifact", sha);
    RecordChecks.notNegative("a checkpoint's epoch", epoch);
  }

  /** In the order of progress, then by name. */
  @Override
  public int compareTo(CheckpointRef other) {
    int byEpoch = Integer.compare(epoch, other.epoch);
    int byStep = byEpoch != 0 ? byEpoch : Long.compare(step, other.step);
    return byStep != 0 ? byStep : sha.compareTo(other.sha);
  }

  boolean isBeyond(CheckpointRef other) {
    return epoch > other.epoch || (epoch == other.epoch && step > other.step);
  }
}
