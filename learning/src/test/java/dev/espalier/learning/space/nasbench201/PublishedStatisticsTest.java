package dev.espalier.learning.space.nasbench201;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.learning.data.SharedFiles;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.method.tenas.TeNasSearch;
import dev.espalier.search.settings.NtkSettings;
import dev.espalier.search.settings.RegionSettings;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.statistics.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * golden/tenas/stats.csv: 40 cells, 5 seeds, images of normal(0, 1) from our own streams. The bars
 * are those of specs/te-nas.md, section 3; seeds 0 to 4 were not chosen among others.
 */
class PublishedStatisticsTest {
  private static final int SEEDS = 5;
  private static final double PUBLISHED_FOR_SINGULAR = 100_000;

  private final Torch torch = Torch.cpu();

  @Test
  void conditionNumbersRankCellsAsThePublishedProgramDoes() throws IOException {
    assertThat(conditionAgreement("batch32_3x16x16", "kaiming", 32, 16)).isGreaterThan(0.86);
  }

  @Test
  @Tag("slow")
  void conditionNumbersOfTheDefaultInitializationDoSoToo() throws IOException {
    assertThat(conditionAgreement("batch32_3x16x16", "default", 32, 16)).isGreaterThan(0.78);
  }

  @Test
  @Tag("slow")
  void conditionNumbersOfThePublishedSizeDoSoToo() throws IOException {
    assertThat(conditionAgreement("batch72_3x32x32", "kaiming", 72, 32)).isGreaterThan(0.88);
  }

  @Test
  void regionsRankCellsAsThePublishedProgramDoes() throws IOException {
    assertThat(regionAgreement("kaiming")).isGreaterThan(0.94);
    assertThat(regionAgreement("default")).isGreaterThan(0.92);
  }

  /** Spearman's correlation of the medians over five seeds, theirs and ours. */
  private double conditionAgreement(String setting, String initialization, int batch, int size)
      throws IOException {
    return agreement(
        "ntk_cond", setting, initialization, Indicator.NTK, batch, size, Statistics::median);
  }

  /**
   * Of the means: counts near saturation tie, so that medians of five scatter (0.87 to 0.96 over
   * eight groups of seeds) while means do what the bars were derived for (0.93 to 0.97).
   */
  private double regionAgreement(String initialization) throws IOException {
    return agreement(
        "linear_regions",
        "lr_3000x1x3x3",
        initialization,
        Indicator.REGIONS,
        32,
        16,
        Statistics::mean);
  }

  private double agreement(
      String metric,
      String setting,
      String initialization,
      Indicator indicator,
      int batch,
      int size,
      Summary summary)
      throws IOException {
    String ours = initialization.equals("default") ? "pytorch" : initialization;
    NtkSettings ntk = new NtkSettings(batch, size, 3, 1, ours, "summed", "float64", false);
    RegionSettings regions = new RegionSettings(1000, 3, 3, 1, ours);
    List<Double> expected = new ArrayList<>();
    List<Double> actual = new ArrayList<>();
    try (CellIndicators indicators =
        new CellIndicators(
            torch,
            IndicatorImages.noise(10, ntk, regions),
            new TeNasSearch(
                    "exact",
                    "published",
                    1,
                    3,
                    "repeat",
                    "shared",
                    "exact",
                    "current",
                    ntk,
                    regions)
                .indicators())) {
      for (String line : Files.readAllLines(SharedFiles.of("golden/tenas/stats.csv"))) {
        String[] fields = line.split(",", -1);
        if (fields[1].equals(metric)
            && fields[2].equals(setting)
            && fields[3].equals(initialization)) {
          expected.add(summary.of(numbers(fields[10])));
          actual.add(summary.of(scores(indicators, Cell.parse(fields[0]), indicator)));
        }
      }
    }
    assertThat(actual).hasSize(40);
    return Statistics.spearman(array(actual), array(expected));
  }

  private static double[] scores(CellIndicators indicators, Cell cell, Indicator indicator) {
    double[] scores = new double[SEEDS];
    for (int seed = 0; seed < SEEDS; seed++) {
      Double score = indicators.score(cell, indicator, seed);
      scores[seed] = score == null ? PUBLISHED_FOR_SINGULAR : score;
    }
    return scores;
  }

  private static double[] numbers(String list) {
    return Arrays.stream(list.split(";", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @FunctionalInterface
  private interface Summary {
    double of(double... values);
  }
}
