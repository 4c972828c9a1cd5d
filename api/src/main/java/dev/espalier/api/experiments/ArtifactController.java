package dev.espalier.api.experiments;

import dev.espalier.api.http.ListPart;
import dev.espalier.api.launch.NotFound;
import dev.espalier.api.report.HtmlReport;
import dev.espalier.api.view.ArtifactView;
import dev.espalier.store.ArtifactHeader;
import dev.espalier.store.EvaluationDocument;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.store.program.ProgramRun;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The blobs an experiment speaks of, such as trained weights; no others. */
@Tag(name = "Experiments")
@Controller("/api/experiments/{id}/artifacts")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ArtifactController {
  private static final Pattern DIGEST = Pattern.compile("\\b[0-9a-f]{64}\\b");

  /** A report is a page that stands alone: it runs nothing and loads nothing. */
  private static final String REPORT_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups; base-uri 'none'; "
          + "form-action 'none'";

  private final Store store;
  private final ExperimentReader experiments;

  ArtifactController(Store store, ExperimentReader experiments) {
    this.store = store;
    this.experiments = experiments;
  }

  @Operation(
      operationId = "listArtifacts",
      summary = "List the files that the experiment has left, by name and SHA-256")
  @Get
  HttpResponse<List<ArtifactView>> list(HttpRequest<?> request, String id) {
    return ListPart.answer(request, ArtifactView.class, experiments.view(id).artifacts());
  }

  @Operation(
      operationId = "downloadArtifact",
      summary =
          "Download an artifact that the experiment's results name by its SHA-256; a report opens as a page")
  @Get(
      value = "/{sha}",
      produces = {MediaType.APPLICATION_OCTET_STREAM, MediaType.TEXT_HTML})
  HttpResponse<StreamedFile> download(String id, String sha) {
    ExperimentDocument experiment = experiments.document(id);
    Map<String, String> files = files(id);
    Set<String> named = named(experiment);
    named.addAll(files.keySet());
    ArtifactHeader header = named.contains(sha) ? store.artifacts().header(sha).orElse(null) : null;
    if (header == null) {
      throw new NotFound(
          ("Experiment %s has no artifact %s. Its results name the artifacts they have by their "
                  + "SHA-256: GET /api/experiments/%s")
              .formatted(id, sha, id));
    }
    boolean isReport = header.kind().equals(HtmlReport.KIND);
    StreamedFile file =
        new StreamedFile(
            store.artifacts().open(sha),
            isReport ? MediaType.TEXT_HTML_TYPE : MediaType.APPLICATION_OCTET_STREAM_TYPE,
            header.touched().toEpochMilli(),
            header.bytes());
    MutableHttpResponse<StreamedFile> response = HttpResponse.ok(file);
    if (isReport) {
      response.header("Content-Security-Policy", REPORT_POLICY);
    }
    return response
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "%s; filename=\"%s\""
                .formatted(
                    isReport ? "inline" : "attachment",
                    files.getOrDefault(
                        sha, "%s-%s".formatted(sha.substring(0, 12), fileName(header)))))
        .header(HttpHeaders.CACHE_CONTROL, "private, max-age=31536000, immutable");
  }

  /** The files it has left, by digest, named after the experiment. */
  private Map<String, String> files(String id) {
    Map<String, String> files = new TreeMap<>();
    experiments
        .view(id)
        .artifacts()
        .forEach(each -> files.put(each.digest(), "%s-%s".formatted(id, each.name())));
    return files;
  }

  private static String fileName(ArtifactHeader header) {
    return header.kind().replaceAll("[^A-Za-z0-9.]+", "-");
  }

  /**
   * Every digest in the results of the experiment, of its stages, and of the evaluations they name.
   */
  private Set<String> named(ExperimentDocument experiment) {
    Set<String> named = new TreeSet<>();
    collect(experiment.result(), named);
    List<String> keys =
        experiment.stages().stream()
            .map(ExperimentStage::key)
            .filter(key -> !key.isEmpty())
            .toList();
    for (StageDocument stage : store.stages().find(keys)) {
      collect(stage.result(), named);
    }
    for (String key : keys) {
      for (ProgramRun run : ProgramRun.of(store, key)) {
        named.add(run.log());
        if (run.checkpoint() != null) {
          named.add(run.checkpoint());
        }
      }
    }
    for (EvaluationDocument evaluation : store.evaluations().find(List.copyOf(named))) {
      named.addAll(evaluation.artifacts());
    }
    return named;
  }

  private static void collect(@Nullable String json, Set<String> digests) {
    if (json != null) {
      DIGEST.matcher(json).results().map(MatchResult::group).forEach(digests::add);
    }
  }
}
