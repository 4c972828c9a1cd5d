package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.EvolutionGarden.Growth;
import dev.espalier.search.canonical.Digest;
import dev.espalier.store.StageProgress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of GNN-guided evolution in a real browser. Skipped without Chromium, except in CI. */
final class EvolutionPageTest {
  private static final String DONE = "gnn-evolution-page22";
  private static final String CHOICE = "gnn-evolution-page44";
  private static final String TIMES =
      "[%s]".formatted(String.join(",", Collections.nCopies(5, "[0.1,0.5,0.9,1.5,0.3,0.6]")));
  private static final String TRAINING = "gnn-evolution-page33";

  @TempDir private static Path folder;
  private static PlantedPage page;
  private static PlantedServer planted;
  private static Browser browser;

  @BeforeAll
  static void open() throws Exception {
    page = PlantedPage.open(folder);
    planted = page.planted();
    browser = page.browser();
    EvolutionGarden garden = new EvolutionGarden(planted.store());
    garden.plant(DONE, 5, Growth.COMPLETED);
    garden.plant(TRAINING, 6, Growth.TRAINING);
    garden.plant(
        CHOICE,
        7,
        Growth.COMPLETED,
        Map.of(
            "evaluation.epochs", "4",
            "evaluation.rungs", "3",
            "search.objectives", "[accuracy, latency, parameters]",
            "budget.latency", "3",
            "budget.latencyTable", TIMES));
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
  void showsACompletedExperimentFromTheSampleToTheDifference() {
    visit("/experiments/" + DONE);
    browser.await("document.querySelector('#digest')");

    assertThat(browser.count("#stages li[data-state=COMPLETED]")).isEqualTo(7);
    assertThat(browser.text("#stages")).contains("Train the sample", "Train the winner");
    assertThat(browser.text("#numbers"))
        .contains("Test accuracy", "Difference in points", "Kendall's tau", "0.658");
    assertThat(browser.count("[aria-label^='All trained networks'] .point")).isEqualTo(48);
    assertThat(browser.count("[aria-label^='All trained networks'] [data-winner]")).isOne();
    assertThat(browser.count("[aria-label^='All trained networks'] [data-best]")).isOne();
    assertThat(browser.count(".whisker")).isEqualTo(4);
    assertThat(browser.count("[aria-label^='Predicted against measured'] .point")).isEqualTo(9);
    assertThat(browser.count(".layers g[data-operator]")).isEqualTo(14);
    assertThat(browser.text("#architecture"))
        .isEqualTo("skip+sep3+sep5|sep5+sep7|sep3+sep5+sep7+dil5|skip+sep5+dil3|sep3+dil5");
    assertThat(browser.text("#extrapolation")).contains("extrapolates");
    assertThat(browser.count("[data-final]")).isEqualTo(4);
    assertThat(browser.text("#difference")).contains("points", "95 % confidence");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void letsAPersonChooseAmongTradeOffsAndSaysWhatAPredictionMeans() {
    visit("/experiments/" + CHOICE);
    browser.await("document.querySelector('#digest')");

    assertThat(
            browser.count("[aria-label^='Trade-offs: predicted accuracy against latency'] .point"))
        .isEqualTo(9);
    assertThat(browser.count("[aria-label^='Trade-offs'] path.front"))
        .as("with three objectives the points are no line")
        .isZero();
    assertThat(browser.text("#numbers")).contains("Latency", "2.25 ms", "at most 3 ms");
    assertThat(browser.text("#halving")).contains("1, 2 and, the best, 4 epochs", "after 1 epoch");
    assertThat(browser.count("[aria-label^='All trained networks'] .front.predicted"))
        .as("predictions after one epoch stand beside no whole trainings")
        .isZero();
    assertThat(browser.complaints()).isEmpty();

    visit("/experiments/" + DONE);
    browser.await("document.querySelector('#digest')");
    assertThat(browser.count("[aria-label^='Trade-offs']")).isZero();
    assertThat(browser.count("[aria-label^='All trained networks'] .front.predicted")).isOne();
  }

  @Test
  void showsTheGenerationsOfTheStrategyThatIsChosen() {
    visit("/experiments/" + DONE);
    browser.await("document.querySelector('[data-strategy=local]')");

    browser.click("[data-strategy=local]");

    assertThat(
            browser.count(
                "[aria-label='Best and mean fitness by generation, Local search, 2 lines']"))
        .isOne();
    assertThat(browser.text("[aria-pressed=true]")).isEqualTo("Local search");
    assertThat(browser.evaluate("document.activeElement.dataset.strategy").asText())
        .isEqualTo("local");
  }

  @Test
  void goesFromNetworkToNetworkWithTheArrowKeys() {
    visit("/experiments/" + DONE);
    browser.await("document.querySelector('#digest')");

    browser.evaluate(
        """
        window.first = document.querySelector("[aria-label^='All trained networks'] .point[tabindex='0']");
        window.first.focus();
        window.first.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}));\
        """);

    assertThat(
            browser
                .evaluate(
                    "document.activeElement.matches('.point') && document.activeElement !== "
                        + "window.first && window.first.tabIndex === -1")
                .asBoolean())
        .isTrue();
  }

  @Test
  void followsTheTrainingOfTheSampleWithoutBeingReloaded() {
    visit("/experiments/" + TRAINING);
    browser.await("document.querySelector('#stages').innerText.includes('19 of 48')");
    assertThat(browser.count("[aria-label^='All trained networks'] .point"))
        .isEqualTo(EvolutionGarden.DONE);
    assertThat(browser.text("main")).contains("of 48 to learn from", "To do");
    browser.evaluate("window.sameDocument = true");

    planted
        .store()
        .stages()
        .progress(
            Digest.sha256(TRAINING + "/evaluate"),
            new StageProgress(0, 1, 23, 48, "trainings", null));

    browser.await("document.querySelector('#numbers').innerText.includes('23')");
    assertThat(browser.evaluate("window.sameDocument").asBoolean()).isTrue();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void launchesItFromTheForm() {
    visit("/new");
    browser.await("document.querySelector('form')");

    browser.click("input[value=gnn-evolution]");

    assertThat(browser.text("#about")).contains("fits a graph network");
    assertThat(browser.text("#presets")).contains("24 networks");
    assertThat(browser.text("#settings")).contains("sample.architectures", "budget.macs");
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
}
