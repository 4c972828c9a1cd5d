package dev.espalier.cli.report;

import dev.espalier.api.launch.Endings;
import dev.espalier.cli.home.Home;
import dev.espalier.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The report files of a home: written when an experiment ends, gone when it is deleted. */
public record ReportFiles(Store store, Home home) implements Endings {
  @Override
  public void ended(String experimentId) {
    Reports.ended(store, experimentId, home.report(experimentId));
  }

  @Override
  public void deleted(String experimentId) {
    try {
      Files.deleteIfExists(home.report(experimentId));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
