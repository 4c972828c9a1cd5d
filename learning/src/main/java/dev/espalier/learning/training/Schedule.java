package dev.espalier.learning.training;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the learning rate falls. */
public enum Schedule {
  /**
   * Along half a cosine from the full rate down to nearly zero over all epochs (Loshchilov and
   * Hutter 2017, without restarts).
   */
  COSINE,
  /** Linearly, epoch by epoch, down to nearly zero. */
  LINEAR,
  /** By a factor every so many epochs. */
  STEP;

  /** {@code cosine}, {@code linear} or {@code step}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The schedule of this label.
   *
   * @throws InvalidInput with the allowed ones
   */
  public static Schedule labelled(String label) {
    List<String> labels = Arrays.stream(values()).map(Schedule::label).toList();
    for (Schedule schedule : values()) {
      if (schedule.label().equals(label)) {
        return schedule;
      }
    }
    throw new InvalidInput(
        "unknown schedule \"%s\": allowed is %s.%s"
            .formatted(label, String.join(", ", labels), DidYouMean.sentence(label, labels)));
  }
}
