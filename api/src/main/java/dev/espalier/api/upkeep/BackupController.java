package dev.espalier.api.upkeep;

import dev.espalier.api.ApiOptions;
import dev.espalier.store.embedded.Backup;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/** Backups of the store, into the folder {@code backups} of the home. */
@Tag(name = "Store")
@Controller("/api/backups")
@ExecuteOn(TaskExecutors.BLOCKING)
final class BackupController {
  private final ApiOptions options;

  BackupController(ApiOptions options) {
    this.options = options;
  }

  /**
   * What was written.
   *
   * @param file on the machine of the server
   */
  record Written(String file, Instant at, long documents, int damaged, long bytes) {}

  @Operation(
      operationId = "writeBackup",
      summary = "Write the store of this moment into a new file of the home",
      description =
          "Nothing has to be stopped for it. espalier backup moves it where it is wanted.")
  @Post
  @Consumes(MediaType.ALL)
  Written write() throws IOException {
    Path folder = Files.createDirectories(options.home().resolve("backups"));
    Backup backup = options.backups().write(folder.resolve(UUID.randomUUID() + ".backup"));
    return new Written(
        backup.file().toString(),
        backup.at(),
        backup.documents(),
        backup.damaged(),
        backup.bytes());
  }
}
