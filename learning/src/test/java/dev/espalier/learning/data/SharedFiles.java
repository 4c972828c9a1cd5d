package dev.espalier.learning.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Golden numbers of our own making, which are in the repository, and real data beside it: required
 * in CI, elsewhere a test without it is skipped and says so.
 */
public final class SharedFiles {
  private SharedFiles() {}

  public static Path of(String path) {
    Path root = Path.of(System.getProperty("espalier.root", "."));
    Path own = root.resolve("learning/src/test/resources").resolve(path);
    if (Files.exists(own)) {
      return own;
    }
    Path file = root.resolve("../shared").resolve(path).normalize();
    boolean present = Files.exists(file);
    if (!present && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(file + " is missing, and in CI it must be there");
    }
    assumeTrue(present, () -> "SKIPPED: " + file + " is missing");
    return file;
  }
}
