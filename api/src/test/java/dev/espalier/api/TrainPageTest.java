package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a training, in a real browser. */
class TrainPageTest {
  private static final String DONE = "train-page44";
  private static final String AT_IT = "train-page55";

  @TempDir private static Path folder;
  private static PlantedPage page;
  private static PlantedServer planted;
  private static Browser browser;

  @BeforeAll
  static void open() throws Exception {
    page = PlantedPage.open(folder);
    planted = page.planted();
    browser = page.browser();
    TrainGarden.plant(planted.store(), DONE, true);
    TrainGarden.plant(planted.store(), AT_IT, false);
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
  void showsATrainingWithItsCurvesAndWhatItHasLeft() {
    visit("/experiments/" + DONE);
    browser.await("document.querySelector('#digest')");

    assertThat(browser.count("#stages li[data-state=COMPLETED]")).isEqualTo(3);
    assertThat(browser.text("#numbers"))
        .contains("Test accuracy", "58.0 %", "after epoch 3 of 5", "Parameters");
    assertThat(browser.text("#architecture")).isEqualTo(TrainGarden.CELL);
    assertThat(
            browser.count(
                "svg[aria-label^='Validation accuracy'], svg[aria-label^='Training loss']"))
        .isEqualTo(2);
    browser.await("document.querySelector('img.drawn').naturalWidth > 0");
    assertThat(browser.text("#files")).contains("weights.safetensors", "3 bytes");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void followsATrainingEpochByEpoch() {
    visit("/experiments/" + AT_IT);
    browser.await("document.querySelector('#numbers').innerText.includes('after epoch 3 of 5')");
    browser.evaluate("window.sameDocument = true");

    TrainGarden.anotherEpoch(planted.store(), AT_IT, 4);

    browser.await("document.querySelector('#numbers').innerText.includes('after epoch 4 of 5')");
    assertThat(browser.evaluate("window.sameDocument").asBoolean()).isTrue();
    assertThat(browser.count("#files")).isZero();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void offersTheRecipesInTheForm() {
    visit("/new");
    browser.await("document.querySelector('form')");

    browser.click("input[value=train]");

    assertThat(browser.text("#presets")).contains("darts-cifar", "600 epochs");
    assertThat(browser.text("#settings")).contains("evaluation.dropPath");
  }
}
