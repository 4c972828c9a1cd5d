package dev.espalier.workflows.evaluation;

import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainedArchitecture;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.PausableUnits.Outcome;
import dev.espalier.workflows.stage.SingleUnit;
import io.temporal.failure.ApplicationFailure;
import java.math.BigDecimal;
import java.util.List;

/**
 * Some of many trainings, as many in flight as a window allows. What fails is counted, and the
 * others go on.
 */
public final class TrainingPage {
  /** Trainings of one page, at most: some thousand events of history. */
  public static final int SIZE = 500;

  /** Far more than any machine's slots, far less than a history can hold. */
  private static final int WINDOW = 64;

  private TrainingPage() {}

  /**
   * Trainings that failed.
   *
   * @param reason of the last one; empty without any
   */
  public record Failures(int count, String reason) {
    /**
     * More failures than are tolerated fail the stage. A retry trains only what is missing: all
     * that failed, and nothing else.
     *
     * @param all trainings
     * @param tolerated the share of them that may fail
     * @param setting that says so, for the message
     * @param onDiverged as in the specification: where it is not {@code continue}, none may fail
     */
    public void orStop(int all, double tolerated, String setting, String onDiverged) {
      // In decimal: 0.29 of 100 is 29, though the doubles' product is below.
      BigDecimal most =
          BigDecimal.valueOf(onDiverged.equals("continue") ? tolerated : 0)
              .multiply(BigDecimal.valueOf(all));
      if (BigDecimal.valueOf(count).compareTo(most) > 0) {
        throw ApplicationFailure.newNonRetryableFailure(
            ("%d of %d trainings failed, more than %s (%s) allows. The last one: %s. "
                    + "A retry trains again only what failed")
                .formatted(count, all, setting, tolerated, reason),
            ActivityRules.EXHAUSTED);
      }
    }
  }

  /** Trains a page; returns the failures so far, those of this page among them. */
  public static Failures train(
      PausableUnits units,
      TrainingActivities trainings,
      List<TrainArchitecture> page,
      Failures before) {
    List<Outcome<TrainedArchitecture>> outcomes =
        units.run(page, WINDOW, trainings::train, (_, _) -> {});
    Failures failures = before;
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Failed<?>(String type, String words)) {
        if (type.equals(ActivityRules.CORRUPT_ARTIFACT)) {
          SingleUnit.orFail(outcomes.get(i)); // the store's failure, not the architecture's
        }
        failures =
            new Failures(
                failures.count() + 1,
                "%s: %s (%s)".formatted(page.get(i).architecture(), words, type));
      }
    }
    return failures;
  }
}
