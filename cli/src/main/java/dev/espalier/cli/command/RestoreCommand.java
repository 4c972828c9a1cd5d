package dev.espalier.cli.command;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeLock;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.home.Servers;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.embedded.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier restore}. */
@Command(
    name = "restore",
    description = {
      "Fills an empty home from a backup.",
      "All of it is read first and checked by its digests; a home that holds anything is left as it is."
    },
    footer = {"", "Example:", "  espalier restore /mnt/disk/espalier.backup --home ~/restored"})
public final class RestoreCommand implements Callable<Integer> {
  private static final Duration TURN = Duration.ofSeconds(2);

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Parameters(paramLabel = "FILE", description = "What espalier backup has written.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    Home place = home.home();
    if (Files.exists(place.temporalDatabase()) || Servers.of(place).mongodb() != null) {
      throw new InvalidInput(
          "the home %s is in use: a backup is put into an empty one only. Name another with --home"
              .formatted(place));
    }
    try (HomeLock _ =
        HomeLock.tryTake(place.prepare(), "restore", TURN)
            .orElseThrow(() ->
                new InvalidInput(
                    "the home %s is held by %s: name another with --home"
                        .formatted(place, HomeLock.holder(place))))) {
      Backup backup = Backup.restore(file.toAbsolutePath().normalize(), place.storeFile());
      output.line(
          "%s has what was there at %s: all %,d documents are as they were written. To go on: espalier up%s"
              .formatted(place, backup.at(), backup.documents(), Homes.option(place)));
      if (backup.damaged() > 0) {
        output.line(
            "%,d of them were damaged already then. Run: espalier verify%s"
                .formatted(backup.damaged(), Homes.option(place)));
      }
    }
    return 0;
  }
}
