package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.method.MethodFindings;
import dev.espalier.api.report.HtmlReport;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What one reads in a report, word for word: a change of how reports are written changes none of
 * it. The texts are of the reports that the version of commit 95324cd wrote.
 */
final class ReportTextTest {
  private static final Pattern STYLES = Pattern.compile("<style>.*?</style>", Pattern.DOTALL);
  private static final Pattern TAGS = Pattern.compile("<[^>]*>");
  private static final Pattern MINUTE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC");
  private static final Pattern FAILED_FOR = Pattern.compile("(evaluate failed) [0-9.]+");
  private static final Pattern IN_ALL = Pattern.compile("(time in stages) \\d+ min \\d+ s");
  private static final String TIMES =
      "[%s]".formatted(String.join(",", Collections.nCopies(5, "[0.1,0.5,0.9,1.5,0.3,0.6]")));

  @TempDir private static Path folder;
  private static EmbeddedStore embedded;
  private static Store store;

  @BeforeAll
  static void plant() {
    embedded = EmbeddedStore.open(folder.resolve("store.h2"), 0);
    store = Store.connect(embedded.uri());
    Garden garden = new Garden(store);
    garden.plantData("cifar10-sample", DatasetDocument.IMAGES, 3, 4_000, 1_000);
    garden.plant("te-nas-report22", 3, Garden.Growth.COMPLETED);
    garden.plant("te-nas-report33", 1, Garden.Growth.FAILED);
    garden.plant("te-nas-report44", 4, Garden.Growth.QUEUED);
    EvolutionGarden evolution = new EvolutionGarden(store);
    evolution.plant("gnn-evolution-report22", 5, EvolutionGarden.Growth.COMPLETED);
    evolution.plant(
        "gnn-evolution-report33",
        7,
        EvolutionGarden.Growth.COMPLETED,
        Map.of(
            "evaluation.epochs", "4",
            "evaluation.rungs", "3",
            "search.objectives", "[accuracy, latency, parameters]",
            "budget.latency", "3",
            "budget.latencyTable", TIMES));
    TrainGarden.plant(store, "train-report22", true);
  }

  @AfterAll
  static void close() {
    store.close();
    embedded.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "te-nas-report22",
        "te-nas-report33",
        "te-nas-report44",
        "gnn-evolution-report22",
        "gnn-evolution-report33",
        "train-report22"
      })
  void saysWhatItAlwaysSaid(String id) throws Exception {
    assertThat(visible(html(id))).containsExactlyElementsOf(kept(id));
  }

  private static String html(String id) {
    ExperimentDocument document = store.experiments().find(id).orElseThrow();
    ExperimentView view = ExperimentView.of(store, document, Instant.now());
    return HtmlReport.render(view, MethodFindings.of(view.method()).report(store, document, view));
  }

  /** The words between the tags, without the times of day. */
  private static List<String> visible(String page) {
    String text = TAGS.matcher(STYLES.matcher(page).replaceAll("")).replaceAll("\n");
    String plain =
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#34;", "\"")
            .replace("&#39;", "'")
            .replace("&apos;", "'")
            .replace("&amp;", "&");
    return words(MINUTE.matcher(plain).replaceAll("TIME"));
  }

  private static List<String> kept(String id) throws Exception {
    try (InputStream kept = ReportTextTest.class.getResourceAsStream("reports/" + id + ".txt")) {
      return words(new String(Objects.requireNonNull(kept).readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /**
   * Where a line ends is for a browser to choose. A stage that failed counts until its experiment
   * stopped: how long this test took to plant it.
   */
  private static List<String> words(String text) {
    String line = String.join(" ", text.strip().split("\\s+", -1));
    return List.of(
        FAILED_FOR.matcher(line).find()
            ? FAILED_FOR
                .matcher(IN_ALL.matcher(line).replaceAll("$1 TIME"))
                .replaceAll("$1 TIME")
                .split(" ", -1)
            : line.split(" ", -1));
  }
}
