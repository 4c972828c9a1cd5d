package dev.espalier.api.upkeep;

import dev.espalier.search.failure.StateConflict;
import dev.espalier.store.embedded.Backup;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the store of this moment into a file. */
@FunctionalInterface
public interface Backups {
  /** Of a store that is not ours to copy. */
  Backups NONE =
      _ -> {
        throw new StateConflict(
            "the experiments are in a MongoDB elsewhere: back it up by its own means, such as mongodump");
      };

  /**
   * @param to must not be there
   */
  Backup write(Path to) throws IOException;
}
