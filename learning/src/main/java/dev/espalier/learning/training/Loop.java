package dev.espalier.learning.training;

import dev.espalier.search.failure.Diverged;

/**
 * The loop of every training: epochs of steps, with a question to the monitor before each step
 * whether to stop, and after each whether to write a checkpoint.
 */
public final class Loop {
  private Loop() {}

  /**
   * Trains from where it stands until so many epochs are done, or it has enough.
   *
   * @return false if the monitor stopped it
   * @throws Diverged if a loss is infinite or undefined
   */
  public static boolean run(Trained trained, int epochs, LoopMonitor monitor) {
    while (trained.position().epoch() < epochs && !trained.endsEarly()) {
      if (!takeSteps(trained, monitor) || !trained.endEpoch()) {
        return false;
      }
    }
    return true;
  }

  /** The steps that are left of the present epoch; false if it was stopped. */
  private static boolean takeSteps(Trained trained, LoopMonitor monitor) {
    int steps = trained.stepsPerEpoch();
    trained.beginEpoch();
    while (trained.position().step() < steps) {
      if (monitor.stop()) {
        return false;
      }
      Position before = trained.position();
      double loss = trained.step();
      if (!Double.isFinite(loss)) {
        throw trained.diverged(loss, before);
      }
      int done = before.step() + 1;
      monitor.step(before.epoch(), done, steps, loss);
      if (monitor.checkpointDue(before.epoch(), done, steps)) {
        monitor.checkpoint(trained.checkpoint(), before.epoch(), done);
      }
    }
    return true;
  }
}
