package dev.espalier.cli.method.tenas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.view.Columns;
import dev.espalier.cli.view.Examples;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.Style;
import dev.espalier.search.space.nasbench201.Cell;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeNasCardTest {

  private static final Places PLACES =
      new Places(
          "http://127.0.0.1:40123/#/experiments/te-nas-7f3k2m",
          "/home/ada/.espalier/reports/te-nas-7f3k2m.html");

  private static List<String> card(Style style, String drawing) {
    return new TeNasCard().lines(Examples.completed(), drawing, PLACES, style);
  }

  @Test
  void showsTheCellItsFiguresItsRivalsTheStagesAndWhereToReadMore() {
    assertThat(String.join("\n", card(Style.plain(), "in ──▶ out")) + "\n")
        .isEqualTo(
            """
            ━━━ te-nas · nas-bench-201 · cifar10 · quick · seed 0 ━━━━━━━━ te-nas-7f3k2m ━━━

              in ──▶ out

              |nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_1x1~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_3x3~2|

              NTK condition   34.2 ± 2.13             parameters      1,073,466
              linear regions  2,210 ± 12.5            multiply-adds   153,268,746

              accuracy                                  validation            test
              found cell                                   52.30 %         51.80 %
              2 random cells, trained the same way  46.00 ± 2.83 %  45.00 ± 2.83 %
              1 random cell diverged
              in the table, cifar10_test_200ep                             93.76 %

              stage               time  units  recoveries
              prepare-data       0.2 s      1           0  reused
              prune         1 min 35 s     12           1
              evaluate      1 min 29 s      4           0
              report             1.4 s      1           0
              in all        3 min 12 s     18           1

              artifact             kind      bytes  sha-256
              weights.safetensors  weights  96,120  e5f6e5f6e5f6e5f6…

              digest  d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2d1e2
              page    http://127.0.0.1:40123/#/experiments/te-nas-7f3k2m  while up runs
              report  /home/ada/.espalier/reports/te-nas-7f3k2m.html
            """);
  }

  @Test
  void fitsEightyColumnsButForTheArchitectureThatIsToBeCopied() {
    String drawing = Cell.parse(Examples.CELL).text();

    assertThat(card(Style.plain(), drawing))
        .filteredOn(line -> !line.contains(Examples.CELL))
        .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(80));
  }

  @Test
  void colourChangesNoColumn() {
    assertThat(card(Style.ansi(), "in ──▶ out").stream().map(Columns::width).toList())
        .isEqualTo(card(Style.plain(), "in ──▶ out").stream().map(Columns::width).toList());
  }

  @Test
  void leavesOutWhatThereIsNot() {
    assertThat(
            new TeNasCard().lines(Examples.completed(), "", new Places(null, null), Style.plain()))
        .noneMatch(line -> line.contains("page") || line.contains("report  /"));
  }
}
