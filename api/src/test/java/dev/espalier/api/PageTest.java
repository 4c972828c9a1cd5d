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
  void deletesWhatIsOverAfterItHasSaidWhatGoes() {
    String id = "te-nas-page77";
    planted.garden().plant(id, 5, Growth.COMPLETED);
    visit("/experiments/" + id);
    browser.await("document.querySelector('#do-delete')");
    browser.evaluate("window.confirm = question => { window.asked = question; return true; }");

    browser.click("#do-delete");

    browser.await("location.hash === '#/'");
    assertThat(browser.evaluate("window.asked").asText())
        .contains("Delete te-nas-page77 for good? This frees 4 stages");
    assertThat(planted.store().experiments().find(id)).isEmpty();
    visit("/experiments/" + PRUNING);
    browser.await("document.querySelector('#do-cancel')");
    assertThat(browser.count("#do-delete")).isZero();
  }

  @Test
  void givesAnExperimentANameAndTags() {
    visit("/experiments/" + PRUNING);
    browser.await("document.querySelector('#label-name')");
    browser.evaluate(
        "document.querySelector('#label-name').value = 'Monday <b>'; "
            + "document.querySelector('#label-tags').value = 'x, y';");

    browser.click("#label-save");

    browser.await(
        "document.querySelector('#labels summary').innerText.includes('Monday <b> #x #y')");
    visit("/?q=monday");
    browser.await("document.querySelector('.labels')?.innerText === 'Monday <b> #x #y'");
    assertThat(planted.store().experiments().labels(PRUNING).tags()).containsExactly("x", "y");
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
  void retriesAllThatNeedAPersonFromTheList() {
    visit("/");
    browser.await("!document.querySelector('#retry-failed').hidden");

    browser.click("#retry-failed");
    browser.await("document.querySelector('#retried li')");

    assertThat(browser.text("#retried")).contains(FAILED + ": retry asked for");
    assertThat(planted.steering().asked()).contains("retry %s ".formatted(FAILED));
    assertThat(browser.complaints()).isEmpty();
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
  void searchesFiltersAndSortsAndKeepsThatInTheAddress() {
    visit("/");
    browser.await("document.querySelectorAll('.experiments tbody tr').length >= 3");

    browser.evaluate(
        "const search = document.querySelector('#search'); search.focus(); search.value = 'seed 1'; "
            + "search.dispatchEvent(new Event('input'));");
    browser.await("document.querySelectorAll('.experiments tbody tr').length === 1");
    assertThat(browser.text("#list")).contains(FAILED);
    assertThat(browser.evaluate("document.activeElement.id").asText()).isEqualTo("search");
    assertThat(browser.evaluate("location.hash").asText()).isEqualTo("#/?q=seed+1");

    visit("/?state=COMPLETED&sort=-accuracy");
    browser.await("document.querySelectorAll('.experiments tbody tr').length === 1");
    assertThat(browser.text("#list")).contains(DONE).doesNotContain(FAILED);
    assertThat(browser.text("[aria-pressed=true]")).startsWith("Completed");
    assertThat(browser.count("th[aria-sort=descending] #sort-accuracy")).isOne();
    browser.click("#sort-accuracy");
    browser.await("document.querySelector('th[aria-sort=ascending] #sort-accuracy')");
  }

  @Test
  void countsNothingThatIsNotThere() {
    visit("/");
    browser.await("document.querySelectorAll('.experiments tbody tr').length >= 3");

    assertThat(browser.text("#total")).matches("\\d+ experiments, \\d running, 1 waiting for you");
  }

  @Test
  void keepsTheFocusAndWhatIsUnfoldedWhenItDrawsAnew() {
    visit("/experiments/" + PRUNING);
    browser.await("document.querySelector('#events li time')");
    browser.evaluate(
        """
        document.querySelector('#do-pause').focus();
        window.part = document.querySelector('.page-head');
        window.redrawn = 0;
        new MutationObserver(() => window.redrawn++)
          .observe(document.querySelector('main'), {childList: true, subtree: true});
        document.querySelector('.grid details').open = true;\
        """);

    planted
        .store()
        .stages()
        .progress(
            Digest.sha256(PRUNING + "/prune"),
            new StageProgress(2, 3, 35, 39, "measurements", null));
    browser.await("document.querySelector('#stages').innerText.includes('35 of 39')");

    assertThat(browser.evaluate("window.redrawn").asInt()).isPositive();
    assertThat(browser.evaluate("document.activeElement.id").asText()).isEqualTo("do-pause");
    assertThat(browser.evaluate("document.querySelector('.grid details').open").asBoolean())
        .isTrue();
  }

  @Test
  void givesTheSupernetOneStopOfTheTabKeyAndANameToEachStrand() {
    visit("/experiments/" + DONE);
    browser.await("document.querySelector('.supernet .hit')");

    assertThat(browser.count(".supernet .hit[tabindex='0']")).isOne();
    assertThat(browser.count(".supernet .hit")).isEqualTo(24);
    assertThat(browser.count(".supernet .hit:not([aria-label])")).isZero();
    assertThat(
            browser
                .evaluate("document.querySelector('.supernet .hit').getAttribute('aria-label')")
                .asText())
        .matches("skip on edge 1 ← 0: .+");
  }

  @Test
  void drawsAnOperatorInItsOneColourAndSymbolEverywhere() {
    visit("/experiments/" + DONE);
    browser.await("document.querySelector('.key [data-operator=nor_conv_3x3] path')");

    String shown =
        """
        [...document.querySelectorAll(['[data-operator=nor_conv_3x3] .mark',
          '.key [data-operator=nor_conv_3x3] path',
          '.chip[data-operator=nor_conv_3x3]:not([data-state]) path'].join())]
          .map(each => each.getAttribute('d') + getComputedStyle(each).fill)\
        """;
    assertThat(browser.evaluate("new Set(%s).size".formatted(shown)).asInt()).isOne();
    assertThat(browser.evaluate("(%s)[0]".formatted(shown)).asText())
        .endsWith("rgb(207, 58, 31)")
        .isEqualTo(
            dev.espalier.search.drawing.Palette.CONVOLUTION_3.symbol().path() + "rgb(207, 58, 31)");
  }

  @Test
  void runsAgainWhatHasEnded() {
    visit("/experiments/" + DONE);
    browser.await("document.querySelector('#again')");
    browser.click("#again");
    browser.await("document.querySelector('#from')");

    assertThat(browser.text("#from")).contains(DONE);
    assertThat(browser.evaluate("document.querySelector('#seed').value").asText()).isEqualTo("3");
    assertThat(browser.evaluate("document.querySelector('[name=preset]:checked').value").asText())
        .isEqualTo("quick");
    assertThat(browser.evaluate("document.querySelector('#data').value").asText())
        .isEqualTo("cifar10-sample");
    browser.evaluate("document.querySelector('#seed').value = '5-6'");
    browser.evaluate("document.querySelector('form').requestSubmit()");
    browser.await("document.querySelector('#search')");
    assertThat(planted.steering().asked())
        .contains("launch seed 5 fresh false by the page", "launch seed 6 fresh false by the page");
  }

  @Test
  void showsThePlanOfAForkBeforeItIsLaunched() {
    visit("/experiments/" + DONE);
    browser.await("document.querySelector('#follow')");
    browser.click("#follow");
    browser.await("document.querySelector('#follow-sets')");
    browser.evaluate(
        "document.querySelector('#follow-sets').value = 'seed=77\\nevaluation.epochs=9'");

    browser.evaluate("document.querySelector('form').requestSubmit()");

    browser.await("document.querySelector('#plan-table')");
    assertThat(browser.text("#plan-table"))
        .contains("Prune", "computed", "evaluation.epochs (none) → 9");
    browser.click("#launch-plan");
    browser.await("location.hash.startsWith('#/experiments/te-nas-fake')");
    assertThat(planted.steering().asked()).contains("launch seed 77 fresh false by the page");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void putsExperimentsSideBySide() {
    visit("/experiments/" + DONE);
    browser.await("document.querySelector('#compare')");
    browser.click("#compare");
    browser.await("document.querySelector('#compare-with')");
    browser.evaluate("document.querySelector('#compare-with').value = '%s'".formatted(FAILED));

    browser.evaluate("document.querySelector('form').requestSubmit()");

    browser.await("document.querySelector('#compared')");
    assertThat(browser.text("#compared")).contains(DONE, FAILED);
    assertThat(browser.text("#differing")).contains("seed").doesNotContain("search.repeats");
    browser.await("document.querySelectorAll('path.curve').length >= 4"); // two plots of two
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void trainsWhatWasFound() {
    visit("/experiments/" + DONE);
    browser.await("document.querySelector('#with-train')");
    browser.click("#with-train");
    browser.await("document.querySelector('#from')");

    assertThat(browser.evaluate("document.querySelector('[name=method]:checked').value").asText())
        .isEqualTo("train");
    assertThat(browser.evaluate("document.querySelector('textarea#architecture').value").asText())
        .startsWith("|");
    browser.evaluate("document.querySelector('form').requestSubmit()");
    browser.await("location.hash.startsWith('#/experiments/te-nas-fake')");
  }

  @Test
  void refusesSeedsThatAreNone() {
    visit("/new");
    browser.await("document.querySelector('form')");
    for (String seeds : new String[] {"", "-1", "1.5", "7-3", "0-5000"}) {
      browser.evaluate(
          "document.querySelector('#seed').value = '%s'; document.querySelector('form').requestSubmit()"
              .formatted(seeds));
      browser.await("document.querySelector('.problem')");
      assertThat(browser.text(".problem")).as(seeds).containsIgnoringCase("seed");
    }
  }

  @Test
  void listensByOneConnectionHoweverManyOfItsPagesAreOpen() {
    visit("/experiments/" + PRUNING);
    browser.await("document.querySelector('#connection').dataset.state === 'live'");
    browser.evaluate(
        """
        window.frames_ = [];
        for (let i = 0; i < 8; i++) {
          const worker = new SharedWorker(new URL('/shared.js', location.href), {type: 'module', name: 'espalier'});
          const heard = [];
          worker.port.onmessage = ({data}) => heard.push(data.name);
          worker.port.postMessage({join: i %% 2 ? {list: true} : {experiment: '%s', after: 0}});
          window.frames_.push(heard);
        }\
        """
            .formatted(PRUNING));

    browser.await(
        "window.frames_.every((heard, i) => heard.includes('state') && heard.includes(i % 2 ? 'experiments' : "
            + "'event'))");
    // seven streams of their own would leave no connection for this
    assertThat(
            browser
                .evaluate(
                    "Promise.race([fetch('/api/spaces').then(answer => answer.status), new Promise(resolve => "
                        + "setTimeout(resolve, 8000, 0))])")
                .asInt())
        .isEqualTo(200);
    assertThat(
            browser
                .evaluate(
                    "performance.getEntriesByType('resource').filter(each => each.name.includes('/api/live') || "
                        + "each.name.endsWith('/events')).length")
                .asInt())
        .as("streams of the page's own")
        .isZero();
  }

  @Test
  void closesItsConnectionWhenNobodyListensAndWhenNobodySees() {
    visit("/");
    browser.await("document.querySelector('.experiments')");

    String counted =
        """
        (async () => {
          const wait = () => new Promise(resolve => setTimeout(resolve, 400));
          const Real = EventSource;
          const open = new Set();
          window.EventSource = class extends Real {
            constructor(url) { super(url); open.add(this); }
            close() { open.delete(this); super.close(); }
          };
          window.SharedWorker = undefined;
          const counts = [];
          const {Hub} = await import('/hub.js');
          const hub = new Hub();
          hub.join(1, {list: true}, () => {});
          hub.join(2, {experiment: '%1$s', after: 0}, () => {});
          hub.join(3, {experiment: '%1$s', after: 0}, () => {});
          await wait();
          counts.push(open.size);
          [1, 2, 3].forEach(client => hub.leave(client));
          await wait();
          counts.push(open.size);
          const {follow} = await import('/live.js?alone');
          const show = state => {
            Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});
            document.dispatchEvent(new Event('visibilitychange'));
            return wait();
          };
          const end = follow({list: true}, {}, () => {});
          await wait();
          counts.push(open.size);
          await show('hidden');
          counts.push(open.size);
          await show('visible');
          counts.push(open.size);
          end();
          await wait();
          counts.push(open.size);
          return counts.join(' ');
        })()\
        """
            .formatted(DONE);
    assertThat(browser.evaluate(counted).asText()).isEqualTo("1 0 1 0 1 0");
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
