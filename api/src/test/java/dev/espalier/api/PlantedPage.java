package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** A server with something planted, and its page in a real browser. */
record PlantedPage(PlantedServer planted, Browser browser) implements AutoCloseable {

  /** Skips the test without Chromium, except in CI, where that fails it. */
  static PlantedPage open(Path folder) throws Exception {
    Optional<Path> chromium = Browser.executable();
    if (chromium.isEmpty()) {
      String how =
          "Chromium is not on the PATH, so the page is not tested. Install it: apt-get install chromium";
      assertThat(System.getenv("CI")).as(how).isNotEqualTo("true");
      System.err.println("SKIPPED: " + how);
      abort(how);
    }
    PlantedServer planted = PlantedServer.start(folder);
    Browser browser = Browser.start(chromium.orElseThrow());
    browser.size(1280, 900);
    return new PlantedPage(planted, browser);
  }

  /** A page of its own, not another part of the one that is open. */
  void visit(String fragment) {
    browser.open(URI.create("about:blank"));
    browser.open(planted.server().url().resolve("/#" + fragment));
  }

  @Override
  public void close() throws IOException {
    browser.close();
    planted.close();
  }
}
