package dev.espalier.cli.up;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Watches Temporal's server for damage of its database, and mends it before the next start. */
final class TemporalPart {
  private final TemporalDatabase database;
  private final LogSince log;
  private final Consumer<String> say;
  private @Nullable String damage;

  TemporalPart(Path database, Path log, Consumer<String> say) {
    this.database = new TemporalDatabase(database);
    this.log = new LogSince(log);
    this.say = say;
  }

  /** Before each start: puts a damaged database aside, and says so. */
  synchronized void mend() {
    look();
    Optional<String> reason = Optional.ofNullable(damage).or(database::visibleDamage);
    if (reason.isEmpty()) {
      return;
    }
    try {
      Path aside = database.putAside();
      damage = null;
      say.accept(
          ("temporal: its database is damaged (%s) and now lies at %s. It begins with an empty one; "
                  + "unfinished experiments start again from what the store has")
              .formatted(reason.get(), aside));
    } catch (IOException e) {
      throw new InvalidInput(
          "its damaged database (%s) cannot be put aside: %s".formatted(reason.get(), e), e);
    }
  }

  /** The server's own answer, but broken as soon as its log tells of damage. */
  Readiness watching(Readiness server) {
    return (pid, patience) -> isDamaged() ? Readiness.Answer.BROKEN : server.ask(pid, patience);
  }

  private synchronized boolean isDamaged() {
    look();
    return damage != null;
  }

  private void look() {
    TemporalDatabase.damageIn(log.read()).ifPresent(found -> damage = found);
  }
}
