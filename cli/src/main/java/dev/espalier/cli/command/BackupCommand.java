package dev.espalier.cli.command;

import dev.espalier.api.report.Figures;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.store.embedded.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier backup}. */
@Command(
    name = "backup",
    description = {
      "Writes all that the home's store holds into a file, while everything goes on.",
      "Experiments, results, data sets, models, weights, of one moment. Temporal's database is left out: "
          + "in a home that is restored, what is unfinished starts again from what the store has."
    },
    footer = {"", "Example:", "  espalier backup /mnt/disk/espalier.backup"})
public final class BackupCommand implements Callable<Integer> {
  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Parameters(paramLabel = "FILE", description = "A file that is not there yet.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    Home place = home.home();
    Path to = file.toAbsolutePath().normalize();
    Backup.requireNew(to);
    try (StoreAccess access = StoreAccess.open(place, "backup")) {
      if (access.running().isPresent()) {
        try (ApiClient api = new ApiClient(access.running().get())) {
          Path written = api.backup();
          try {
            Backup.requireRoom(to.resolveSibling("."), Files.size(written));
            Files.move(written, to);
          } finally {
            Files.deleteIfExists(written);
          }
        }
      } else {
        var _ = access.backup(to);
      }
    }
    output.line(
        "%s is a backup of %s (%s). To restore it: espalier restore %s --home DIR"
            .formatted(to, place, Figures.bytes(Files.size(to)), to));
    return 0;
  }
}
