package dev.espalier.api.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers behind the plots of a training.
 *
 * @param method {@code train}
 * @param architecture that is trained
 * @param parameters of its network; {@code macs} of one image through it
 * @param epochs that it is trained for
 * @param training null until it begins
 */
public record TrainPlots(
    String method,
    String architecture,
    long parameters,
    long macs,
    int epochs,
    @Nullable TrainingPlot training)
    implements PlotsView {
  /** The same as a list, as the other methods have their trainings. */
  public List<TrainingPlot> trainings() {
    return training == null ? List.of() : List.of(training);
  }
}
