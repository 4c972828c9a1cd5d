package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.Garden.Growth;
import dev.espalier.search.canonical.Digest;
import dev.espalier.store.StageProgress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. Needs Chromium; skipped without, except in CI. */
final class PageTest {
  private static final String DONE = "te-nas-page22";
  private static final String FAILED = "te-nas-page33";
  private static final String PRUNING = "te-nas-page44";

  @TempDir private static Path folder;
  private static PlantedPage page;
  private static PlantedServer planted;
  private static Browser browser;

  @BeforeAll
  static void open() throws Exception {
    page = PlantedPage.open(folder);
    planted = page.planted();
    browser = page.browser();
    planted.garden().plant(DONE, 3, Growth.COMPLETED);
    planted.garden().plant(FAILED, 1, Growth.FAILED);
    planted.garden().plant(PRUNING, 0, Growth.PRUNING);
  }

  @AfterAll
  static void close() throws Exception {
    if (page != null) {
      page.close();
    }
  }

  private static void visit(String fragment) {
    page.visit(fragment);
  }

  @Test
  void listsTheExperimentsWithTheirStates() {
    visit("/");
    browser.await("document.querySelectorAll('.experiments tbody tr').length >= 3");

    assertThat(browser.text("main"))
        .contains(DONE, "Completed", FAILED, "Needs attention", PRUNING);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void showsAnExperimentFromItsStagesToItsDigest() {
    visit("/experiments/" + DONE);
    browser.await("document.querySelector('#digest')");

    assertThat(browser.count("#stages li")).isEqualTo(4);
    assertThat(browser.count("#stages li[data-state=COMPLETED]")).isEqualTo(4);
    String digest = planted.store().experiments().find(DONE).orElseThrow().digest();
    assertThat(browser.text("#digest").replaceAll("\\s", "")).isEqualTo(digest);
    assertThat(browser.text("#architecture")).startsWith("|").contains("~2|");
    assertThat(browser.count(".supernet .strand[data-state=last]")).isEqualTo(12);
    assertThat(browser.count(".point")).isEqualTo(12);
    assertThat(browser.count(".point .ring")).isEqualTo(6);
    assertThat(browser.count("circle.lane-dot.hollow")).isEqualTo(4);
    browser.await("document.querySelectorAll('#events li').length === 7");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void goesBackThroughTheRounds() {
    visit("/experiments/" + DONE);
    browser.await("document.querySelector('#round') && !document.querySelector('.rounds').hidden");

    browser.evaluate(
        "const slider = document.querySelector('#round'); slider.value = 1; slider.dispatchEvent(new Event('input'));");

    assertThat(browser.text(".rounds output")).isEqualTo("After round 1 of 3");
    assertThat(browser.count(".span-7 .strand[data-state=active]")).isEqualTo(18);
    assertThat(browser.count(".span-7 .strand[data-state=cut]")).isEqualTo(6);
    assertThat(browser.count(".point")).isEqualTo(24);
  }

  @Test
  void followsAStageWithoutBeingReloaded() {
    visit("/experiments/" + PRUNING);
    browser.await("document.querySelector('#stages').innerText.includes('22 of 39')");
    browser.evaluate("window.sameDocument = true");

    planted
        .store()
        .stages()
        .progress(
            Digest.sha256(PRUNING + "/prune"),
            new StageProgress(2, 3, 31, 39, "measurements", null));
    planted.store().events().append(PRUNING, "news", "recovered", "Taken up again", "a test");

    browser.await("document.querySelector('#stages').innerText.includes('31 of 39')");
    browser.await("document.querySelector('#events').innerText.includes('Taken up again')");
    assertThat(browser.evaluate("window.sameDocument").asBoolean()).isTrue();
    assertThat(browser.text("#stages")).contains("1 recovery");
  }

  @Test
  void saysWhatToDoWhenAnExperimentNeedsAPerson() {
    visit("/experiments/" + FAILED);
    browser.await("document.querySelector('#attention')");

    assertThat(browser.text("#attention"))
        .contains("killed by signal 9", "lower evaluation.batch", "./espalier retry " + FAILED);
    browser.click("#do-retry");
    browser.await(
        "performance.getEntriesByType('resource').some(each => each.name.includes('/retry') && each.responseEnd > 0)");
    assertThat(planted.steering().asked()).contains("retry " + FAILED + " evaluate");
  }

  @Test
  void launchesAnExperimentAndShowsWhatIsWrongWithOne() {
    visit("/new");
    browser.await("document.querySelector('form')");

    browser.evaluate(
        "document.querySelector('#sets').value = 'search.repeets=5'; document.querySelector('form').requestSubmit()");
    browser.await("document.querySelector('.problem')");
    assertThat(browser.text(".problem")).contains("search.repeets", "search.repeats");

    browser.evaluate(
        "document.querySelector('#sets').value = 'search.repeats=5'; document.querySelector('form').requestSubmit()");
    browser.await("location.hash.startsWith('#/experiments/te-nas-fake')");
    browser.await("document.querySelector('#stages')");
    assertThat(browser.text("main")).contains("Queued", "Waiting to start");
  }

  @Test
  void fitsAPhone() {
    browser.size(400, 800);
    try {
      visit("/experiments/" + DONE);
      browser.await("document.querySelector('#digest')");

      assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isEqualTo(400);
    } finally {
      browser.size(1280, 900);
    }
  }

  @Test
  void saysThatTheConnectionIsLostAndThatNothingElseIs(@TempDir Path other) {
    try (PlantedServer mortal = PlantedServer.start(other)) {
      browser.open(mortal.server().url());
      browser.await("document.querySelector('#connection').dataset.state === 'live'");
      browser.await("document.querySelector('#welcome')");
      assertThat(browser.text("#welcome")).contains("./espalier run te-nas");
    }

    browser.await("document.querySelector('#connection').dataset.state === 'lost'");
    assertThat(browser.text("#notice")).contains("nothing is lost");
  }
}
