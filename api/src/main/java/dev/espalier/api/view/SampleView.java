package dev.espalier.api.view;

import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Architectures that were drawn and evaluated, as far as they are.
 *
 * @param planned how many were asked for
 * @param evaluated how many have their accuracy
 * @param failed how many could not be trained; counted at the end of the stage
 * @param rungs of successive halving; 1 where all are trained to the end
 * @param epochs that a training has had in all at the end of each rung; predictors learn from the
 *     accuracy at the end of the first
 * @param architectures those that have their accuracy; of very many, a part spread evenly over them
 *     and the best
 * @param best the one with the highest validation accuracy of those that reached the last rung
 * @param curves of some of them
 */
public record SampleView(
    int planned,
    int evaluated,
    int failed,
    int rungs,
    List<Integer> epochs,
    List<Row> architectures,
    @Nullable Row best,
    List<Curve> curves) {
  public SampleView {
    epochs = List.copyOf(epochs);
    architectures = List.copyOf(architectures);
    curves = List.copyOf(curves);
  }

  /**
   * One training of the sample.
   *
   * @param loss training loss by epoch; long series are averaged down
   * @param validation validation accuracy by epoch
   */
  public record Curve(String architecture, List<double[]> loss, List<double[]> validation) {
    public Curve {
      loss = List.copyOf(loss);
      validation = List.copyOf(validation);
    }
  }
}
