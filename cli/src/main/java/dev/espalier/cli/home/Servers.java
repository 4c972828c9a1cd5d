package dev.espalier.cli.home;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * The servers elsewhere that a home belongs to ({@code servers.json}), as its last {@code up} was
 * told: what was launched there is there, and not in the embedded store.
 *
 * @param mongodb URI of the store; null for the embedded one
 * @param temporal HOST:PORT of Temporal's server; null for one of its own
 * @param namespace of Temporal's server; null for the usual one
 */
public record Servers(
    @Nullable String mongodb, @Nullable String temporal, @Nullable String namespace) {
  /** How a person says that a home is to have a server of its own again. */
  public static final String EMBEDDED = "embedded";

  /** All of its own. */
  public static final Servers NONE = new Servers(null, null, null);

  public static Servers of(Home home) {
    if (!Files.exists(home.serversFile())) {
      return NONE;
    }
    try {
      return Json.read(Files.readString(home.serversFile()), Servers.class);
    } catch (IOException | RuntimeException e) {
      throw new InvalidInput(
          ("%s, which says where the experiments of this home are, cannot be read (%s). Say it anew: "
                  + "espalier up --mongodb URI, or --mongodb %s")
              .formatted(home.serversFile(), e.getMessage(), EMBEDDED),
          e);
    }
  }

  /** Remembers them, for the owner's eyes only: a URI may hold a password. */
  public void write(Home home) throws IOException {
    if (equals(NONE)) {
      Files.deleteIfExists(home.serversFile());
    } else {
      AtomicFile.write(home.serversFile(), Json.write(this).getBytes(StandardCharsets.UTF_8));
    }
  }
}
