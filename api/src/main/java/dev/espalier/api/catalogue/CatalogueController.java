package dev.espalier.api.catalogue;

import dev.espalier.api.view.Architectures;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Methods;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.store.Store;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be launched, on what. */
@Tag(name = "Catalogue")
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
final class CatalogueController {
  private final Store store;

  CatalogueController(Store store) {
    this.store = store;
  }

  @Operation(summary = "List the methods, with their presets and the schema of their specification")
  @Get("/methods")
  List<MethodView> methods() {
    return Methods.all().stream().map(MethodView::of).toList();
  }

  @Operation(summary = "List the data sets that are here")
  @Get("/data")
  List<DataView> data() {
    return store.datasets().list().stream().map(DataView::of).toList();
  }

  @Operation(summary = "List the trained models that are here")
  @Get("/models")
  List<ModelView> models() {
    return store.models().list().stream().map(ModelView::of).toList();
  }

  @Operation(summary = "List the search spaces")
  @Get("/spaces")
  List<SpaceView> spaces() {
    return SearchSpaces.all().stream().map(SpaceView::of).toList();
  }

  @Operation(summary = "Show one search space")
  @Get("/spaces/{name}")
  SpaceView space(String name) {
    return SpaceView.of(SearchSpaces.named(name));
  }

  @Operation(summary = "Draw an architecture of a search space, as SVG")
  @Get(value = "/spaces/{name}/drawing", produces = "image/svg+xml")
  HttpResponse<String> drawing(String name, @Nullable @QueryValue String architecture) {
    SearchSpace space = SearchSpaces.named(name);
    if (architecture == null || architecture.isBlank()) {
      throw new InvalidInput(
          "Which architecture of %s is to be drawn? Give it as ?architecture=..., for example %s"
              .formatted(name, Examples.of(space)));
    }
    return HttpResponse.ok(Architectures.parse(space.name(), architecture).svg())
        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
  }
}
