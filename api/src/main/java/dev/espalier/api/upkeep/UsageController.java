package dev.espalier.api.upkeep;

import dev.espalier.api.http.ListPart;
import dev.espalier.store.Deletion;
import dev.espalier.store.Store;
import dev.espalier.store.Usage;
import dev.espalier.workflows.stage.StageKey;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** What the store holds, and what was taken out of it. */
@Tag(name = "Store")
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
final class UsageController {
  private final Store store;

  UsageController(Store store) {
    this.store = store;
  }

  @Operation(
      operationId = "showUsage",
      summary = "Say what takes how much: per kind and per experiment, shared and unreferenced",
      description = "Bytes of artifacts, which are nearly all that a store holds.")
  @Get("/usage")
  Usage usage() {
    return store.upkeep(StageKey::salted).usage();
  }

  @Operation(
      operationId = "listDeletions",
      summary = "List the deletions of experiments, the newest first: who and when")
  @Get("/deletions")
  HttpResponse<List<Deletion>> deletions(HttpRequest<?> request) {
    return ListPart.answer(request, Deletion.class, store.upkeep(StageKey::salted).deletions());
  }
}
