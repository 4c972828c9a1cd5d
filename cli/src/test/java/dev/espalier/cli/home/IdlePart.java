package dev.espalier.cli.home;

import java.io.IOException;

/** A process that works in a home's folder, as its parts do, and does nothing. */
public final class IdlePart implements AutoCloseable {
  private final Process process;

  private IdlePart(Process process) {
    this.process = process;
  }

  public static IdlePart of(Home home) throws IOException {
    return new IdlePart(new ProcessBuilder("sleep", "600").directory(home.root().toFile()).start());
  }

  public ProcessIdentity identity() {
    return ProcessIdentity.of(process.toHandle()).orElseThrow();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
