package dev.espalier.cli.command;

import dev.espalier.activities.data.DataCatalog;
import dev.espalier.activities.data.Imported;
import dev.espalier.cli.home.Home;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of images that was given where the name of a data set could stand. */
final class DataFolder {
  private DataFolder() {}

  /**
   * The name of the data set; a folder is imported first.
   *
   * @param purpose the command's name
   */
  static String named(Home home, Output output, String given, String purpose) {
    Path path = Path.of(given);
    boolean written = given.contains("/");
    if (!written && !Files.isDirectory(path)) {
      return given;
    }
    try (StoreAccess access = StoreAccess.open(home, purpose);
        OneLine progress = new OneLine(output)) {
      DataCatalog catalog = new DataCatalog(access.store(), home.root());
      if (!written && catalog.knows(given)) {
        return given;
      }
      Imported imported = catalog.adopt(path, progress);
      imported.remarks().forEach(output::remark);
      output.remark(imported.sentence());
      return imported.dataset().name();
    } catch (IOException e) {
      throw new InvalidInput("%s: %s".formatted(path, Reasons.of(e)), e);
    }
  }
}
