package dev.espalier.search;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * The reference data beside the repository: it must be there in CI; elsewhere its tests are
 * skipped, with a word.
 */
public final class SharedData {
  private SharedData() {}

  public static Path file(String name) {
    Path file = Path.of(System.getProperty("espalier.root", ".."), "../shared", name).normalize();
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
