package dev.espalier.workers;

import static org.assertj.core.api.Assertions.fail;

import dev.espalier.workers.provision.TemporalServer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The server that tests run: the one on the PATH. */
public final class TemporalBinary {
  private TemporalBinary() {}

  /** Where it is; without one the test is skipped, in CI it fails. */
  public static Path orSkip(Path folder) {
    Optional<TemporalServer> present = TemporalServer.present(folder);
    if (present.isEmpty() && "true".equals(System.getenv("CI"))) {
      fail("no `temporal` on the PATH: in CI this test must run");
    }
    Assumptions.assumeTrue(present.isPresent(), "NOT RUN: there is no `temporal` on the PATH");
    return present.orElseThrow().binary();
  }
}
