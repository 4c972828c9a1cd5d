package dev.espalier.search.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.SharedData;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.statistics.Statistics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A table of indicators")
class IndicatorTableTest {
  private static String row(int index, String values) {
    return "%d,%s,%s\n".formatted(index, Cell.ofIndex(index).canonical(), values);
  }

  private static IndicatorTable read(String csv) {
    return read(csv.getBytes(StandardCharsets.UTF_8));
  }

  private static IndicatorTable read(byte[] bytes) {
    return IndicatorTable.readCsv("scores.csv", new ByteArrayInputStream(bytes));
  }

  private static IndicatorTable shared(String name) throws IOException {
    try (InputStream in =
        Files.newInputStream(SharedData.file("data/nasbench201-zerocost/" + name))) {
      return IndicatorTable.readCsv(name, in);
    }
  }

  @Test
  void answersByCellAndIndicator() {
    IndicatorTable table = read("index,arch,jacov,nwot\n" + row(7, "-1.5e2,3") + row(3, ",4"));

    assertThat(table.indicators()).containsExactly("jacov", "nwot");
    assertThat(table.cells()).containsExactly(Cell.ofIndex(7), Cell.ofIndex(3));
    assertThat(table.value(Cell.ofIndex(7), "jacov")).hasValue(-150);
    assertThat(table.value(Cell.ofIndex(3), "nwot")).hasValue(4);
    assertThat(table.value(Cell.ofIndex(3), "jacov")).isEmpty();
    assertThat(table.value(Cell.ofIndex(4), "jacov")).isEmpty();
    assertThatThrownBy(() -> table.value(Cell.ofIndex(7), "nwott"))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "scores.csv: no indicator \"nwott\": allowed are jacov, nwot. Did you mean nwot?");
  }

  @Test
  void tellsOfEveryRowThatIsWrong() {
    String csv =
        "index,arch,nwot\n"
            + row(7, "1")
            + row(7, "2")
            + row(8, "high")
            + "5,"
            + Cell.ofIndex(9).canonical()
            + ",1\n"
            + "6,|none~0|,1\n"
            + "10,"
            + Cell.ofIndex(10).canonical();
    assertThatThrownBy(() -> read(csv))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            e -> {
              List<String> problems = e.problems();
              assertThat(problems).hasSize(5);
              assertThat(problems.get(0))
                  .isEqualTo("scores.csv: row 3: cell 7 stands here a second time");
              assertThat(problems.get(1)).contains("row 4: nwot: \"high\" is not a number");
              assertThat(problems.get(2)).contains("row 5: index 9 expected for").contains("\"5\"");
              assertThat(problems.get(3)).contains("row 6: ");
              assertThat(problems.get(4)).contains("row 7: 3 values expected, 2 found");
            });
    assertThatThrownBy(() -> read("index,arch\n"))
        .hasMessageContaining("at least one indicator, but is \"index,arch\"");
    assertThatThrownBy(() -> read("index,arch,nwot\n")).hasMessageContaining("there is no row");
  }

  @Test
  void tellsOfACompressedFileThatEndsEarly() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(("index,arch,nwot\n" + row(7, "1")).getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = bytes.toByteArray();
    assertThat(read(whole).size()).isEqualTo(1);
    assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length - 12)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("scores.csv: truncated: the compressed file ends early");
  }

  /** Spearman with 200-epoch test accuracy, as data/nasbench201-zerocost/README.md has it. */
  @ParameterizedTest
  @CsvSource({
    "cifar10, cifar10, nwot, 0.811",
    "cifar10, cifar10, jacov, 0.799",
    "cifar10, cifar10, synflow, 0.778",
    "cifar10, cifar10, grad_norm, 0.600",
    "cifar10, cifar10, plain, -0.352",
    "imagenet16_120, imagenet16_120, nwot, 0.797",
    "imagenet16_120, imagenet16_120, epe_nas, 0.321",
    "imagenet16_120, imagenet16_120, params, 0.718"
  })
  void ranksAsItsPublisherSays(String data, String column, String indicator, double spearman)
      throws IOException {
    IndicatorTable table = shared("nasbench201_zerocost_%s.csv.gz".formatted(data));
    AccuracyTable accuracies = Accuracies.TABLE;

    assertThat(table.size()).isEqualTo(9_445);
    assertThat(table.indicators()).hasSize(13);
    double[] scores =
        table.cells().stream()
            .mapToDouble(cell -> table.value(cell, indicator).orElseThrow())
            .toArray();
    double[] measured =
        table.cells().stream()
            .mapToDouble(cell -> accuracies.accuracy(cell, column + "_test_200ep").orElseThrow())
            .toArray();
    assertThat(Statistics.spearman(scores, measured)).isCloseTo(spearman, within(0.0006));
  }

  /** Read once: all eight of the cases above need it. */
  private static final class Accuracies {
    static final AccuracyTable TABLE = read();

    private static AccuracyTable read() {
      try (InputStream in =
          Files.newInputStream(SharedData.file("data/nasbench201/nasbench201_accuracies.csv.gz"))) {
        return AccuracyTable.readCsv("nas-bench-201", in);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
