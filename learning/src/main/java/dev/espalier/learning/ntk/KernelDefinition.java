package dev.espalier.learning.ntk;

import dev.espalier.search.failure.InvalidInput;

/** Which gradients a kernel's entries are inner products of. */
public enum KernelDefinition {
  /** {@code [n, n]}, of the sums of each image's logits: what the published program computes. */
  SUMMED,
  /** {@code [n, n]}, the mean over the logits of each one's own kernel. */
  TRACE,
  /** {@code [n k, n k]}, of every logit of every image; row {@code image * k + logit}. */
  FULL;

  public static KernelDefinition of(String name) {
    return switch (name) {
      case "summed" -> SUMMED;
      case "trace" -> TRACE;
      case "full" -> FULL;
      default ->
          throw new InvalidInput(
              "a kernel's definition is summed, trace or full, but not \"%s\"".formatted(name));
    };
  }
}
