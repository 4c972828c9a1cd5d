package dev.espalier.api.method.metadatabase;

import dev.espalier.api.method.Findings;
import dev.espalier.workflows.method.metadatabase.MetaDatabaseResult;
import io.micronaut.openapi.annotation.OpenAPIExtraSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the making of a meta-database has found.
 *
 * @param method {@code metad2a-database}
 * @param tasks how many there are
 * @param planned architectures of all tasks; {@code evaluated} so many have their accuracy
 * @param shown the tasks; of very many, a part spread evenly over them
 * @param encoder the validation accuracy of the encoder's classifier by epoch
 * @param result null until the report
 */
@OpenAPIExtraSchema
public record MetaDatabaseFindings(
    String method,
    int tasks,
    int planned,
    int evaluated,
    List<TaskFindings> shown,
    List<double[]> encoder,
    @Nullable MetaDatabaseResult result)
    implements Findings {
  public MetaDatabaseFindings {
    shown = List.copyOf(shown);
    encoder = List.copyOf(encoder);
  }

  /**
   * A task, as far as it is evaluated. Accuracies are ratios, on the task's validation images.
   *
   * @param classes their names
   * @param planned how many architectures it has
   * @param accuracies of those that are evaluated
   * @param architecture the best of them; null as long as there is none
   */
  public record TaskFindings(
      String name,
      String split,
      List<String> classes,
      int planned,
      List<Double> accuracies,
      @Nullable String architecture,
      @Nullable Double best) {
    public TaskFindings {
      classes = List.copyOf(classes);
      accuracies = List.copyOf(accuracies);
    }

    /** Mean of the accuracies; null where there are none. */
    @Nullable Double mean() {
      return accuracies.isEmpty()
          ? null
          : accuracies.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** The lowest; null where there are none. */
    @Nullable Double worst() {
      return accuracies.stream().min(Double::compare).orElse(null);
    }
  }
}
