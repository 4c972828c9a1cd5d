package dev.espalier.api.experiments;

import dev.espalier.api.http.ListPart;
import dev.espalier.api.launch.NotFound;
import dev.espalier.api.series.SeriesFile;
import dev.espalier.api.series.SeriesReader;
import dev.espalier.api.series.SeriesRow;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The numbers that an experiment measured, for notebooks. */
@Tag(name = "Experiments")
@Controller("/api/experiments/{id}/series")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SeriesController {
  private static final String NAME =
      "One series, or what its name begins with before a - or /; left out, all";

  private final Store store;
  private final ExperimentReader experiments;

  SeriesController(Store store, ExperimentReader experiments) {
    this.store = store;
    this.experiments = experiments;
  }

  @Operation(
      operationId = "listMeasurements",
      summary = "List every number that its stages have measured",
      description =
          "Losses, accuracies, indicators, fitness, tau, ...: one row for each, by stage, series, round and step.")
  @Get
  HttpResponse<List<SeriesRow>> list(HttpRequest<?> request, String id) {
    return ListPart.answer(
        request, SeriesRow.class, SeriesReader.read(store, experiments.document(id), ""));
  }

  @Operation(
      operationId = "exportCsv",
      summary = "The same as CSV: stage, series, round, step, value")
  @Get(value = "/csv", produces = "text/csv")
  HttpResponse<byte[]> csv(
      String id, @Schema(description = NAME) @Nullable @QueryValue String name) {
    return file(id, SeriesFile.CSV, name);
  }

  @Operation(operationId = "exportParquet", summary = "The same as Apache Parquet")
  @Get(value = "/parquet", produces = "application/vnd.apache.parquet")
  HttpResponse<byte[]> parquet(
      String id, @Schema(description = NAME) @Nullable @QueryValue String name) {
    return file(id, SeriesFile.PARQUET, name);
  }

  private HttpResponse<byte[]> file(String id, SeriesFile format, @Nullable String name) {
    ExperimentDocument experiment = experiments.document(id);
    String wanted = Objects.requireNonNullElse(name, "");
    List<SeriesRow> rows = SeriesReader.read(store, experiment, wanted);
    if (rows.isEmpty() && !wanted.isEmpty()) {
      throw new NotFound(
          "%s has no series %s. GET /api/experiments/%s/series lists what it has measured."
              .formatted(id, wanted, id));
    }
    return HttpResponse.ok(format.write(rows))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"%s.%s\"".formatted(id, format.name().toLowerCase(Locale.ROOT)));
  }
}
