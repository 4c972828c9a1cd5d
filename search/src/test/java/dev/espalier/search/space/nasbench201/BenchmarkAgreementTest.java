package dev.espalier.search.space.nasbench201;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.SharedData;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Cost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** All 15,625 cells against {@code data/nasbench201} and {@code golden/tenas}. */
@DisplayName("The space agrees with the published benchmark")
class BenchmarkAgreementTest {
  private static List<String[]> rows(String name) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(SharedData.gunzipped(name), StandardCharsets.UTF_8))) {
      reader.readLine();
      List<String[]> rows = new ArrayList<>();
      reader.lines().forEach(line -> rows.add(line.split(",", -1)));
      assertThat(rows).hasSize(15_625);
      return rows;
    }
  }

  @Test
  void inTheOfficialIndexOfEveryCell() throws IOException {
    // data/nasbench201/nasbench201_accuracies.csv.gz: index, arch; four independent sources agree
    // on it.
    for (String[] row : rows("data/nasbench201/nasbench201_accuracies.csv.gz")) {
      int index = Integer.parseInt(row[0]);
      assertThat(Cell.ofIndex(index).canonical()).isEqualTo(row[1]);
      assertThat(Cell.parse(row[1]).index()).isEqualTo(index);
    }
  }

  @Test
  void inTheIndexOfAFewFamousCellsEvenWithoutTheData() {
    // The first cell of the published list, and the best on CIFAR-10 (data/nasbench201/README.md).
    assertThat(Cell.ofIndex(0).canonical())
        .isEqualTo(
            "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|");
    assertThat(Cell.ofIndex(6111).canonical())
        .isEqualTo(
            "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|");
  }

  @Test
  void andHasNoIndexOutsideIt() {
    assertThatThrownBy(() -> Cell.ofIndex(15_625))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("a NAS-Bench-201 index must be between 0 and 15624, but was 15625");
    assertThatThrownBy(() -> Cell.ofIndex(-1)).isInstanceOf(InvalidInput.class);
  }

  @Test
  void inTheSpellingOfAll6466IsomorphismClasses() throws IOException {
    // data/nasbench201/nasbench201_unique_strings.csv.gz; 6,466 classes as published.
    Set<String> classes = new HashSet<>();
    for (String[] row : rows("data/nasbench201/nasbench201_unique_strings.csv.gz")) {
      String spelling = Cell.ofIndex(Integer.parseInt(row[0])).isomorphismClass();
      assertThat(spelling).isEqualTo(row[1]);
      classes.add(spelling);
    }
    assertThat(classes).hasSize(6_466);
  }

  @Test
  void inTheParametersAndMultiplyAccumulatesOfEveryCell() throws IOException {
    // golden/tenas/nb201_params_macs.csv.gz: arch, params, macs of the standard network.
    for (String[] row : rows("golden/tenas/nb201_params_macs.csv.gz")) {
      assertThat(NetworkCost.of(Cell.parse(row[0]), NetworkShape.STANDARD))
          .as(row[0])
          .isEqualTo(new Cost(Long.parseLong(row[2]), Long.parseLong(row[1])));
    }
  }

  @Test
  void inThe9445PublishedParameterCounts() throws IOException {
    // data/nasbench201/nasbench201_accuracies.csv.gz, column params_m (millions, six decimals).
    int known = 0;
    for (String[] row : rows("data/nasbench201/nasbench201_accuracies.csv.gz")) {
      String published = row[14];
      if (!published.isEmpty()) {
        known++;
        long parameters = NetworkCost.of(Cell.parse(row[1]), NetworkShape.STANDARD).parameters();
        assertThat(parameters)
            .as(row[1])
            .isEqualTo(Math.round(Double.parseDouble(published) * 1e6));
      }
    }
    assertThat(known).isEqualTo(9_445);
  }
}
