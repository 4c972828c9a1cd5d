package dev.espalier.api;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Gallery {
  @Test
  void draws(@TempDir Path folder) throws Exception {
    Path out = Files.createDirectories(Path.of("/tmp/h3/shots"));
    try (PlantedPage page = PlantedPage.open(folder)) {
      Browser browser = page.browser();
      PlantedServer planted = page.planted();
      shot(page, out, "empty", "/", "document.querySelector('#welcome')");
      planted.garden().plant("te-nas-one222", 3, Garden.Growth.COMPLETED);
      shot(page, out, "one", "/", "document.querySelector('.experiments')");
      planted.garden().plantAll();
      TrainGarden.plant(planted.store(), "train-aaaaaa", true);
      for (int i = 0; i < 60; i++) {
        planted.garden().plant("te-nas-q%05d".formatted(i), i, i % 3 == 0 ? Garden.Growth.FAILED : Garden.Growth.QUEUED);
      }
      for (boolean dark : new boolean[] {false, true}) {
        browser.dark(dark);
        for (int width : new int[] {1280, 400}) {
          browser.size(width, 900);
          String suffix = (dark ? "-dark" : "") + (width == 400 ? "-narrow" : "");
          shot(page, out, "many" + suffix, "/", "document.querySelector('.experiments')");
          shot(page, out, "tenas" + suffix, "/experiments/te-nas-one222", "document.querySelector('#digest')");
          shot(page, out, "evo" + suffix, "/experiments/gnn-evolution-h8n3wd", "document.querySelector('#digest')");
          shot(page, out, "new" + suffix, "/new", "document.querySelector('form')");
        }
      }
      browser.dark(false);
      browser.size(1280, 900);
      shot(page, out, "again", "/new?again=te-nas-one222", "document.querySelector('form')");
      shot(page, out, "train-this", "/new?method=train&of=te-nas-one222", "document.querySelector('form')");
      shot(page, out, "train", "/experiments/train-aaaaaa", "document.querySelector('#digest')");
      shot(page, out, "pruning", "/experiments/te-nas-c9t5ru", "document.querySelector('.supernet')");
      shot(page, out, "failed", "/experiments/te-nas-w4x9bn", "document.querySelector('#attention')");
      System.err.println("COMPLAINTS " + browser.complaints());
    }
  }

  private static void shot(PlantedPage page, Path out, String name, String where, String until) throws Exception {
    page.visit(where);
    try {
      page.browser().await(until);
    } catch (AssertionError e) {
      System.err.println("SHOT " + name + " " + e.getMessage() + page.browser().complaints());
    }
    page.browser().evaluate("new Promise(resolve => setTimeout(resolve, 900))");
    page.browser().screenshot(out.resolve(name + ".png"));
    System.err.println("SHOT " + name + " ok");
  }
}
