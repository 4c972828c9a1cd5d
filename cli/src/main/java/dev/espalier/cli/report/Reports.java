package dev.espalier.cli.report;

import dev.espalier.api.method.MethodFindings;
import dev.espalier.api.report.HtmlReport;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** Report files. */
public final class Reports {
  /** Its name among the artifacts of an experiment. */
  public static final String KIND = HtmlReport.KIND;

  private Reports() {}

  /**
   * Keeps the report of a completed experiment as an artifact, unless there is one. What is not
   * completed has none yet.
   */
  public static void keep(Store store, String id) {
    if (isCompleted(store, id) && !store.experiments().kept(id).containsKey(KIND)) {
      byte[] page = html(store, id).getBytes(StandardCharsets.UTF_8);
      store
          .experiments()
          .keep(id, KIND, store.artifacts().put(page, KIND, Map.of("format", "html")));
    }
  }

  /** Keeps the report of a completed experiment and writes it, whoever watched it or did not. */
  public static void ended(Store store, String id, Path file) {
    if (isCompleted(store, id)) {
      keep(store, id);
      write(store, id, file);
    }
  }

  private static boolean isCompleted(Store store, String id) {
    return store
        .experiments()
        .find(id)
        .filter(experiment -> experiment.state() == ExperimentState.COMPLETED)
        .isPresent();
  }

  /**
   * The report of an experiment as it stands.
   *
   * @param id the whole of it
   */
  public static String html(Store store, String id) {
    ExperimentDocument document = store.experiments().find(id).orElseThrow();
    ExperimentView view = ExperimentView.of(store, document, Instant.now());
    return HtmlReport.render(view, MethodFindings.of(view.method()).report(store, document, view));
  }

  /** Writes the report; one that was there is replaced. */
  public static void write(Store store, String id, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, html(store, id), StandardCharsets.UTF_8);
      keep(store, id);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the report %s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }
}
