package dev.espalier.api.experiments;

import dev.espalier.api.http.Problem;
import dev.espalier.api.launch.Housekeeping;
import dev.espalier.api.upkeep.Deleting;
import dev.espalier.api.upkeep.DeletionPlan;
import dev.espalier.store.Deletion;
import dev.espalier.store.Store;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Deletes experiments in two steps. */
@Tag(name = "Experiments")
@Controller("/api/experiments/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class DeletionController {
  private final Deleting deleting;
  private final ExperimentIndex index;
  private final Housekeeping housekeeping;

  DeletionController(Store store, ExperimentIndex index, Housekeeping housekeeping) {
    this.deleting = new Deleting(store);
    this.index = index;
    this.housekeeping = housekeeping;
  }

  @Operation(
      operationId = "planDeletion",
      summary = "Say what a deletion would free, and what others share and stays",
      description = "Nothing is deleted. The answer's token names all of it.")
  @ApiResponse(
      responseCode = "409",
      description = "It is not over",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @Get("/deletion")
  DeletionPlan plan(String id) {
    return deleting.plan(id);
  }

  @Operation(
      operationId = "deleteExperiment",
      summary = "Delete an experiment that is completed or cancelled",
      description =
          "With all that is its alone: stages, evaluations, artifacts, events, and its workflows in Temporal. What "
              + "other experiments have too stays. Deleting twice is deleting once.")
  @ApiResponse(
      responseCode = "200",
      description = "It is deleted: who did it and when",
      content = @Content(schema = @Schema(implementation = Deletion.class)))
  @ApiResponse(
      responseCode = "409",
      description = "It is not over, or plan is not what would be deleted now",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @Delete
  @Consumes(MediaType.ALL)
  Deletion delete(
      String id,
      @Schema(description = "The token of the plan") @Nullable @QueryValue String plan,
      @Schema(description = "Who asks, in words", minLength = 1, maxLength = 100)
          @Nullable
          @QueryValue
          String by) {
    String who = LaunchedBy.of("by", by);
    Deletion deletion = deleting.delete(id, Objects.requireNonNullElse(plan, ""), who);
    index.forget(id);
    housekeeping.soon();
    return deletion;
  }
}
