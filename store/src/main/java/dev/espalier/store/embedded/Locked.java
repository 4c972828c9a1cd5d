package dev.espalier.store.embedded;

import java.nio.file.Path;
import java.util.Optional;

/** Another process holds the file of an embedded store. */
public final class Locked extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Holder> holder;

  Locked(Path file, Optional<Holder> holder) {
    super(
        "%s is held by %s: end that process, or use another --home"
            .formatted(
                file,
                holder
                    .map(known -> "process %d (%s)".formatted(known.pid(), known.uri()))
                    .orElse("another process")));
    this.holder = holder;
  }

  /** Who holds it, where that is known. */
  public Optional<Holder> holder() {
    return holder;
  }
}
