package dev.espalier.api.docs;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;

/** Serves the OpenAPI document, and the same as a page to read. */
@Hidden
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class DocsController {
  @Get(value = "/openapi.yml", produces = "application/yaml")
  String yaml(HttpRequest<?> request) {
    return OpenApi.yaml("http://" + request.getHeaders().get("Host"));
  }

  @Get(value = "/api/docs", produces = MediaType.TEXT_HTML)
  String html(HttpRequest<?> request) {
    return OpenApiPage.of(yaml(request));
  }
}
