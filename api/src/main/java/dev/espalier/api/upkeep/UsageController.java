package dev.espalier.api.upkeep;

import dev.espalier.store.Deletion;
import dev.espalier.store.Store;
import dev.espalier.store.Usage;
import dev.espalier.workflows.stage.StageKey;
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
      summary = "Say what takes how much: per kind and per experiment, shared and unreferenced",
      description = "Bytes of artifacts, which are nearly all that a store holds.")
  @Get("/usage")
  Usage usage() {
    return store.upkeep(StageKey::salted).usage();
  }

  @Operation(summary = "List the deletions of experiments, the newest first: who and when")
  @Get("/deletions")
  List<Deletion> deletions() {
    return store.upkeep(StageKey::salted).deletions();
  }
}
