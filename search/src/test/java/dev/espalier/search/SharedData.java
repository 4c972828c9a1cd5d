package dev.espalier.search;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * Reference numbers of our own making, which are in the repository, and the reference data beside
 * it, which must be there in CI; elsewhere its tests are skipped, with a word.
 */
public final class SharedData {
  private SharedData() {}

  public static Path file(String name) {
    Path root = Path.of(System.getProperty("espalier.root", ".."));
    Path own = root.resolve("learning/src/test/resources").resolve(name);
    if (Files.exists(own)) {
      return own;
    }
    Path file = root.resolve("../shared").resolve(name).normalize();
    boolean isThere = Files.exists(file);
    if (!isThere && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI=true, but the reference data is missing: " + file);
    }
    Assumptions.assumeTrue(isThere, () -> "SKIPPED: the reference data is missing: " + file);
    return file;
  }

  public static InputStream gunzipped(String name) throws IOException {
    return new GZIPInputStream(Files.newInputStream(file(name)), 1 << 16);
  }
}
