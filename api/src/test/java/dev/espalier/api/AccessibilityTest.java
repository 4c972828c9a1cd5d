package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every view of the page, light and dark, by the rules of axe (WCAG 2.2, levels A and AA). */
final class AccessibilityTest {
  @TempDir private static Path folder;
  private static PlantedPage page;
  private static String axe;

  @BeforeAll
  static void open() throws Exception {
    page = PlantedPage.open(folder);
    PlantedServer planted = page.planted();
    planted.garden().plant("te-nas-page22", 3, Garden.Growth.COMPLETED);
    planted.garden().plant("te-nas-page33", 1, Garden.Growth.FAILED);
    planted.garden().plant("te-nas-page44", 0, Garden.Growth.PRUNING);
    new EvolutionGarden(planted.store())
        .plant("gnn-evolution-page22", 5, EvolutionGarden.Growth.COMPLETED);
    new NeuralPredictorGarden(planted.store()).plant("neural-predictor-page44", true);
    TrainGarden.plant(planted.store(), "train-page44", true);
    MetaGarden meta = new MetaGarden(planted.store());
    meta.database("metad2a-database-page22");
    meta.training("metad2a-train-page22");
    meta.search("metad2a-page22");
    try (InputStream script = AccessibilityTest.class.getResourceAsStream("/axe.min.js")) {
      if (script == null) {
        throw new IOException("axe.min.js is not on the class path");
      }
      axe = new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @AfterAll
  static void close() throws Exception {
    if (page != null) {
      page.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/, .experiments tbody tr",
    "/new, form",
    "/follow?of=te-nas-page22, form",
    "/experiments/te-nas-page22, #digest",
    "/experiments/te-nas-page33, #stages li[data-state=FAILED]",
    "/experiments/te-nas-page44, #stages li[data-state=RUNNING]",
    "/experiments/gnn-evolution-page22, #digest",
    "/experiments/neural-predictor-page44, #digest",
    "/experiments/train-page44, #digest",
    "/experiments/metad2a-database-page22, #digest",
    "/experiments/metad2a-train-page22, #digest",
    "/experiments/metad2a-page22, #digest",
    "/experiments/not-there, #failure",
  })
  void everyoneCanReadAndUse(String view, String sign) {
    for (boolean dark : new boolean[] {false, true}) {
      page.browser().dark(dark);
      page.visit(view);
      page.browser().await("document.querySelector('%s')".formatted(sign));
      assertThat(violations()).as("%s, %s", view, dark ? "dark" : "light").isEmpty();
    }
  }

  /** Each rule that is broken, with the elements that break it. */
  private static List<String> violations() {
    page.browser().evaluate(axe + ";0");
    JsonNode found =
        page.browser()
            .evaluate(
                """
                axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
                  .then(result => result.violations.map(rule => rule.id + ': '
                    + rule.nodes.map(node => node.target + ' (' + node.failureSummary + ')').join('; ')))\
                """);
    List<String> violations = new ArrayList<>();
    found.forEach(rule -> violations.add(rule.asText()));
    return violations;
  }
}
