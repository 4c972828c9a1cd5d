package dev.espalier.learning.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real data beside the repository: required in CI, elsewhere a test without it is skipped and says
 * so.
 */
public final class SharedFiles {
  private SharedFiles() {}

  public static Path of(String path) {
    Path file = Path.of(System.getProperty("espalier.root", "."), "../shared", path).normalize();
    boolean present = Files.exists(file);
    if (!present && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(file + " is missing, and in CI it must be there");
    }
    assumeTrue(present, () -> "SKIPPED: " + file + " is missing");
    return file;
  }
}
