package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of Neural Predictor, in a real browser. */
class NeuralPredictorPageTest {
  private static final String DONE = "neural-predictor-page44";
  private static final String AT_IT = "neural-predictor-page55";

  @TempDir private static Path folder;
  private static PlantedPage page;
  private static PlantedServer planted;
  private static Browser browser;

  @BeforeAll
  static void open() throws Exception {
    page = PlantedPage.open(folder);
    planted = page.planted();
    browser = page.browser();
    NeuralPredictorGarden garden = new NeuralPredictorGarden(planted.store());
    garden.plant(DONE, true);
    garden.plant(AT_IT, false);
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
  void showsTheRankingTheCascadeAndWhatTheEvaluationsCameTo() {
    visit("/experiments/" + DONE);
    browser.await("document.querySelector('#digest')");

    assertThat(browser.count("#stages li[data-state=COMPLETED]")).isEqualTo(8);
    assertThat(browser.text("#numbers"))
        .contains("Test accuracy", "87.7 %", "of no. 8 of the ranking", "0.30 points", "0.688");
    assertThat(browser.count("section[aria-labelledby=panel-the-best-ranked] tbody tr"))
        .isEqualTo(8);
    assertThat(browser.text("section[aria-labelledby=panel-the-classifier]"))
        .contains("75.0 %", "85.1 %", "93.0 %");
    assertThat(browser.text("section[aria-labelledby=panel-filters-side-by-side]"))
        .contains("true-accuracy", "no search can");
    assertThat(browser.count("svg[aria-label^='Regret by evaluations']")).isOne();
    assertThat(browser.count("svg[aria-label^='Predicted against measured'] .point"))
        .isEqualTo(100);
    assertThat(browser.count("svg[aria-label^='Error by epoch']")).isOne();
    browser.await("document.querySelector('img.drawn').naturalWidth > 0");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void saysOfEveryPanelWhatWillBeThere() {
    visit("/experiments/" + AT_IT);
    browser.await("document.querySelectorAll('.empty').length >= 6");
    assertThat(browser.text("section[aria-labelledby=panel-the-best-ranked]"))
        .contains("it ranks all candidates");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void offersThePresetsInTheForm() {
    visit("/new");
    browser.await("document.querySelector('form')");
    browser.click("input[value=neural-predictor]");
    assertThat(browser.text("#presets")).contains("172 cells of a NAS-Bench-201 table");
    assertThat(browser.text("#settings")).contains("search.filter");
  }
}
