package dev.espalier.api.experiments;

import dev.espalier.api.http.ListPart;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.Store;
import dev.espalier.store.program.ProgramRun;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** What people's own training programs did, and wrote. */
@Tag(name = "Experiments")
@Controller("/api/experiments/{id}/programs")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ProgramController {
  private final Store store;
  private final ExperimentReader experiments;

  ProgramController(Store store, ExperimentReader experiments) {
    this.store = store;
    this.experiments = experiments;
  }

  @Operation(
      operationId = "listProgramRuns",
      summary = "List the runs of the experiment's own training program, the oldest first",
      description =
          "Each with how it ended and the last lines of its standard error. `log` and `checkpoint` are artifacts: "
              + "all that it wrote besides its metrics, and its newest checkpoint folder as a ZIP file.")
  @Get
  HttpResponse<List<ProgramRun>> list(HttpRequest<?> request, String id) {
    return ListPart.answer(
        request,
        ProgramRun.class,
        experiments.document(id).stages().stream()
            .map(ExperimentStage::key)
            .filter(key -> !key.isEmpty())
            .flatMap(key -> ProgramRun.of(store, key).stream())
            .toList());
  }
}
