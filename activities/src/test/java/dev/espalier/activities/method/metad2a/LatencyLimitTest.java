package dev.espalier.activities.method.metad2a;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.activities.data.DataCatalog;
import dev.espalier.activities.data.ImportFormat;
import dev.espalier.activities.data.ImportOptions;
import dev.espalier.activities.data.MetaDatabaseFiles;
import dev.espalier.activities.fixture.Workbench;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.learning.features.FeatureHeader;
import dev.espalier.learning.features.FeatureWriter;
import dev.espalier.learning.meta.AccuracyScale;
import dev.espalier.learning.meta.GeneratorModel;
import dev.espalier.learning.meta.GraphCodings;
import dev.espalier.learning.meta.GraphTopology;
import dev.espalier.learning.meta.MetaPredictorModel;
import dev.espalier.learning.meta.ModelSizes;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.store.DatasetDocument;
import dev.espalier.workflows.method.metad2a.EncodedData;
import dev.espalier.workflows.method.metad2a.GeneratedArchitectures;
import dev.espalier.workflows.method.metad2a.PreparedSearch;
import dev.espalier.workflows.method.metad2a.RankingResult;
import dev.espalier.workflows.method.metad2a.RankingResult.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cells of NAS-Bench-201, of which half have a latency: twice as many milliseconds as 3x3s, and
 * one.
 */
@DisplayName("A limit of measured latencies")
final class LatencyLimitTest {
  private static final GraphTopology CELLS = GraphCodings.of("nas-bench-201").topology();
  private static final ModelSizes SIZES = new ModelSizes(4, 8, 8);
  private static final AccuracyScale SCALE = AccuracyScale.of(0.5, 0.1);
  private static final int ALL = 15_625;

  @TempDir private Path folder;
  private Workbench workbench;
  private String latencies = "";
  private PreparedSearch prepared;
  private EncodedData encoded;

  @BeforeEach
  void open() throws IOException {
    workbench = new Workbench(folder);
    StringBuilder csv = new StringBuilder("arch,phone\n");
    for (int i = 0; i < ALL; i += 2) {
      csv.append("%s,%d%n".formatted(Cell.ofIndex(i), milliseconds(Cell.ofIndex(i).toString())));
    }
    latencies =
        new DataCatalog(workbench.store(), folder)
            .importFrom(
                Files.writeString(folder.resolve("times.csv"), csv),
                ImportFormat.LATENCIES,
                "phones",
                ImportOptions.DEFAULTS,
                line -> {})
            .dataset()
            .digest();
    encoded = new EncodedData(features(), 20, SIZES.width(), "made up", List.of(), List.of());
    Torch torch = workbench.equipment().torch();
    try (GeneratorModel generator = GeneratorModel.fresh(torch, CELLS, SIZES, 7);
        MetaPredictorModel predictor = MetaPredictorModel.fresh(torch, CELLS, SIZES, SCALE, 7)) {
      prepared =
          new PreparedSearch(
              workbench.dataDigest(),
              2,
              null,
              "models",
              put(generator.safetensors()),
              put(predictor.safetensors()),
              "generator",
              "predictor",
              "",
              null,
              false);
    }
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private static int milliseconds(String cell) {
    return 1 + 2 * (cell.split("nor_conv_3x3", -1).length - 1);
  }

  private String put(byte[] bytes) {
    return workbench.store().artifacts().put(bytes, "model", Map.of());
  }

  private String features() throws IOException {
    FeatureHeader header =
        new FeatureHeader(
            SIZES.width(), List.of("a", "b"), List.of(10, 10), workbench.dataDigest(), "made up");
    MetaDatabaseFiles.Body<FeatureWriter> rows =
        writer -> {
          RandomStream stream = RandomStream.of(1, "features");
          for (int row = 0; row < header.rows(); row++) {
            float[] values = new float[SIZES.width()];
            for (int i = 0; i < values.length; i++) {
              values[i] = (float) stream.nextDouble();
            }
            writer.row(values, 0);
          }
        };
    return new MetaDatabaseFiles(workbench.store(), workbench.datasets())
        .write("made-up", header, rows)
        .digest();
  }

  private MetaD2aSpecification specification(Map<String, String> sets) {
    Map<String, String> all = new HashMap<>(Map.of("search.candidates", "20"));
    all.putAll(sets);
    all.put("search.perClass", "5");
    all.put("budget.latencies", "{table: %s, device: phone}".formatted(latencies));
    return MetaD2aSpecification.preset("quick", all);
  }

  private GeneratedArchitectures generated(MetaD2aSpecification specification) {
    return new Generation(workbench.equipment())
        .generated(specification, prepared, encoded, () -> {});
  }

  private boolean isWithin(String cell, int limit) {
    return Cell.parse(cell).index() % 2 == 0 && milliseconds(cell) <= limit;
  }

  @Test
  void holdsForWhatIsGeneratedRankedAndDrawnAndIsCounted() {
    MetaD2aSpecification limited = specification(Map.of("budget.latency", "3"));
    GeneratedArchitectures generated = generated(limited);
    List<String> kept = new Lists(workbench.store()).architectures(generated.architectures());
    assertThat(kept).hasSize(20).allMatch(cell -> isWithin(cell, 3));
    assertThat(generated.affordable()).isLessThan(generated.trainable()).isGreaterThanOrEqualTo(20);
    RankingResult ranking =
        new CandidateChoice(workbench.equipment()).ranked(limited, prepared, encoded, generated);
    assertThat(ranking.groups().stream().flatMap(group -> group.members().stream()))
        .hasSize(12) // four ranked, unranked and random ones; nothing is known to transfer
        .extracting(Member::architecture)
        .allMatch(cell -> isWithin(cell, 3));
  }

  @Test
  void thatNothingGeneratedKeepsIsToldWithTheLeastThatWasFound() {
    assertThatThrownBy(() ->
            generated(
                specification(
                    Map.of(
                        "budget.latency", "0.5",
                        "budget.macs", "3",
                        "search.candidates", "10",
                        "search.most", "300"))))
        .isInstanceOf(InvalidInput.class)
        .hasMessageMatching(
            "of 300 graphs .* trainable and none within the budget: budget.macs is 3, but the smallest has "
                + "[\\d,]+; budget.latency is 0.5000 ms, but the fastest takes [1357].000 ms. "
                + "Raise the limits or search.most, or train the generator longer");
  }

  @Test
  void isOneThatATableAloneDoesNotSet() {
    GeneratedArchitectures generated = generated(specification(Map.of()));
    assertThat(generated.affordable()).isEqualTo(generated.trainable());
    assertThat(new Lists(workbench.store()).architectures(generated.architectures()))
        .anyMatch(cell -> !isWithin(cell, 13));
  }

  @Test
  void isOfACatalogueThatKnowsItsDevices() {
    DatasetDocument document = workbench.store().datasets().byName("phones").orElseThrow();
    assertThat(document.words()).isEqualTo("measured latencies");
    assertThat(document.classNames()).containsExactly("phone");
    assertThat(document.train()).isEqualTo(ALL / 2 + 1);
  }
}
