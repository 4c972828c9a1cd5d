package dev.espalier.cli.view;

import dev.espalier.store.StageProgress;
import java.util.Collections;
import java.util.List;

/**
 * A round of a stage, as far as it can be told beforehand.
 *
 * @param units of work in it
 * @param work that each of them is, beside those of other rounds
 */
public record Round(double units, double work) {

  /** As many rounds as the stage has, at least one, all like the one in hand. */
  public static List<Round> alike(StageProgress progress) {
    return Collections.nCopies(Math.max(1, progress.rounds()), new Round(progress.total(), 1));
  }
}
