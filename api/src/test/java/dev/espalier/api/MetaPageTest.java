package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The pages of MetaD2A's methods")
final class MetaPageTest {
  @TempDir private static Path folder;
  private static PlantedPage page;

  @BeforeAll
  static void open() throws Exception {
    page = PlantedPage.open(folder);
    MetaGarden meta = new MetaGarden(page.planted().store());
    meta.database("metad2a-database-page1");
    meta.training("metad2a-train-page1");
    meta.search("metad2a-page1");
  }

  @AfterAll
  static void close() throws Exception {
    if (page != null) {
      page.close();
    }
  }

  private static String text(String id) {
    page.visit("/experiments/" + id);
    page.browser().await("document.querySelector('#digest')");
    page.browser().await("document.querySelectorAll('#stages li').length > 0");
    return page.browser().evaluate("document.body.innerText").asText();
  }

  @Test
  void showWhatIsMadeFirstAsOneStageAMethod() {
    assertThat(text("metad2a-page1"))
        .containsSubsequence("MetaD2A: meta-database", "made first", "MetaD2A meta-training");
    assertThat(page.browser().evaluate("document.querySelectorAll('#stages li').length").asInt())
        .isEqualTo(2 + 6);
    assertThat(
            page.browser()
                .evaluate(
                    "[...document.querySelectorAll('#stages li')].every(each => each.dataset.done !== undefined)")
                .asBoolean())
        .isTrue();
  }

  @Test
  void tellTheGeneratorsLossAsALossAndDigestsInShort() {
    assertThat(text("metad2a-train-page1"))
        .contains("23.2", "validation loss, epoch 3", "0123456789ab…", "task-5")
        .doesNotContain("negative", "−23.2", "weights 0123456789abcdef");
  }

  @Test
  void tellWhatADatabaseIsMadeOf() {
    assertThat(text("metad2a-database-page1")).contains("pets-predictor-12345678", "task-0");
  }
}
