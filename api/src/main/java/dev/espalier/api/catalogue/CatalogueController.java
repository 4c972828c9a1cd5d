package dev.espalier.api.catalogue;

import dev.espalier.api.http.ListPart;
import dev.espalier.api.launch.NotFound;
import dev.espalier.api.view.Architectures;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Methods;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.store.Store;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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

  @Operation(
      operationId = "listMethods",
      summary = "List the methods, with their presets and the schema of their specification")
  @Get("/methods")
  HttpResponse<List<MethodView>> methods(HttpRequest<?> request) {
    return ListPart.answer(
        request, MethodView.class, Methods.all().stream().map(MethodView::of).toList());
  }

  @Operation(operationId = "listDataSets", summary = "List the data sets that are here")
  @Get("/data")
  HttpResponse<List<DataView>> data(HttpRequest<?> request) {
    return ListPart.answer(
        request, DataView.class, store.datasets().list().stream().map(DataView::of).toList());
  }

  @Operation(operationId = "listModels", summary = "List the trained models that are here")
  @Get("/models")
  HttpResponse<List<ModelView>> models(HttpRequest<?> request) {
    return ListPart.answer(
        request, ModelView.class, store.models().list().stream().map(ModelView::of).toList());
  }

  @Operation(operationId = "listSpaces", summary = "List the search spaces")
  @Get("/spaces")
  HttpResponse<List<SpaceView>> spaces(HttpRequest<?> request) {
    return ListPart.answer(
        request, SpaceView.class, SearchSpaces.all().stream().map(SpaceView::of).toList());
  }

  @Operation(operationId = "showSpace", summary = "Show one search space")
  @Get("/spaces/{name}")
  SpaceView space(String name) {
    return SpaceView.of(named(name));
  }

  @Operation(
      operationId = "drawArchitecture",
      summary = "Draw an architecture of a search space, as SVG")
  @Get(value = "/spaces/{name}/drawing", produces = "image/svg+xml")
  HttpResponse<String> drawing(
      String name, @Parameter(required = true) @Nullable @QueryValue String architecture) {
    SearchSpace space = named(name);
    if (architecture == null || architecture.isBlank()) {
      throw new InvalidInput(
          "Which architecture of %s is to be drawn? Give it as ?architecture=..., for example %s"
              .formatted(name, Examples.of(space)));
    }
    return HttpResponse.ok(Architectures.parse(space.name(), architecture).svg())
        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
  }

  private static SearchSpace named(String name) {
    if (SearchSpaces.names().contains(name)) {
      return SearchSpaces.named(name);
    }
    throw new NotFound(
        "There is no search space \"%s\" here: there are %s.%s"
            .formatted(
                name,
                String.join(", ", SearchSpaces.names()),
                DidYouMean.sentence(name, SearchSpaces.names())));
  }
}
