package dev.espalier.api.experiments;

import dev.espalier.api.http.Problem;
import dev.espalier.api.view.Comparison;
import dev.espalier.api.view.ComparisonReader;
import dev.espalier.store.Store;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;

/** Experiments side by side. */
@Tag(name = "Experiments")
@Controller("/api/comparison")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ComparisonController {
  private final ExperimentReader experiments;
  private final ComparisonReader comparisons;

  ComparisonController(Store store, ExperimentReader experiments) {
    this.experiments = experiments;
    this.comparisons = new ComparisonReader(store);
  }

  @Operation(
      operationId = "compareExperiments",
      summary = "Compare experiments",
      description =
          """
          What differs between their specifications, what each found, how what it found was trained, and the mean of \
          those that differ in their seed alone. `experiment` is given 2 to 50 times.\
          """)
  @ApiResponse(
      responseCode = "200",
      description = "Side by side",
      content = @Content(schema = @Schema(implementation = Comparison.class)))
  @ApiResponse(
      responseCode = "404",
      description = "One of them is not here",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @Get
  Comparison compare(
      @Parameter(
              name = "experiment",
              in = ParameterIn.QUERY,
              required = true,
              description = "The id of one of them",
              array =
                  @ArraySchema(
                      minItems = 2,
                      maxItems = Comparison.MOST,
                      uniqueItems = true,
                      schema = @Schema(type = "string", pattern = "^[a-z0-9-]+$")))
          @QueryValue("experiment")
          List<String> experiment) {
    return comparisons.read(experiment.stream().map(experiments::document).toList(), Instant.now());
  }
}
