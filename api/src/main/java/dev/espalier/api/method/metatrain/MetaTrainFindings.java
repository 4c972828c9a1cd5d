package dev.espalier.api.method.metatrain;

import dev.espalier.api.method.Findings;
import dev.espalier.workflows.method.metatrain.FoundTasks;
import dev.espalier.workflows.method.metatrain.MetaFitResult;
import dev.espalier.workflows.method.metatrain.MetaTrainResult;
import io.micronaut.openapi.annotation.OpenAPIExtraSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a meta-training has come to.
 *
 * @param method {@code metad2a-train}
 * @param tasks what is learned from; null until it is found
 * @param result the models in the catalogue; null until the report
 */
@OpenAPIExtraSchema
public record MetaTrainFindings(
    String method,
    @Nullable FoundTasks tasks,
    MetaFitView generator,
    MetaFitView predictor,
    @Nullable MetaTrainResult result)
    implements Findings {

  /**
   * One model.
   *
   * @param epochs of each training
   * @param trainings one a seed, as far as they have come
   * @param result null until all of them are done
   */
  public record MetaFitView(int epochs, List<MetaCurve> trainings, @Nullable MetaFitResult result) {
    public MetaFitView {
      trainings = List.copyOf(trainings);
    }
  }

  /**
   * How one training went, by epoch.
   *
   * @param seed its number, from 0
   * @param loss of the steps
   * @param validation of the metric that chooses
   */
  public record MetaCurve(int seed, List<double[]> loss, List<double[]> validation) {
    public MetaCurve {
      loss = List.copyOf(loss);
      validation = List.copyOf(validation);
    }
  }
}
