package dev.espalier.cli.command;

import dev.espalier.activities.report.HtmlReport;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.PlotsReader;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Report files. */
final class Reports {

  private Reports() {}

  /** The report of an experiment as it stands. */
  static String html(Store store, String id) {
    ExperimentDocument document = Experiments.find(store, id);
    return HtmlReport.render(
        ReportAssembly.of(
            ExperimentView.of(store, document, Instant.now()),
            new PlotsReader(store).read(document)));
  }

  /** Writes the report; one that was there is replaced. */
  static void write(Store store, String id, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, html(store, id), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the report %s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }
}
