package dev.espalier.store;

/** What became of an experiment's claim to compute a stage. */
public sealed interface Claim {
  /** The stage as it is stored. */
  StageDocument stage();

  /** It is the claimant's to compute, be it again. */
  record Claimed(StageDocument stage) implements Claim {}

  /** It is computed already: reuse the result. */
  record Finished(StageDocument stage, String result) implements Claim {}

  /** Another experiment computes it. */
  record Held(StageDocument stage, String owner) implements Claim {}
}
