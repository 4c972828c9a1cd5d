package dev.espalier.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.view.ExperimentLine;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExperimentPageTest {

  @Test
  void anExperimentThatNeedsAttentionSaysWhyAndWhatToDo() {
    assertThat(
            String.join(
                    "\n",
                    ExperimentPage.lines(
                        Examples.needsAttention(), " --home /tmp/x", Style.plain()))
                + "\n")
        .isEqualTo(
            """
            te-nas · nas-bench-201 · cifar10 · quick · seed 0                  te-nas-7f3k2m
            needs attention · 1 min 15 s · 50 % done · 1 recovery

              stage evaluate: the disk is full: 12 MB free under /data, 120 MB needed

              stage         state            time  units  recoveries
              prepare-data  reused          0.2 s      1           0
              prune         completed  1 min 35 s     12           1
              evaluate      failed          4.0 s      5           0
              report        pending

              to try again  espalier retry te-nas-7f3k2m --home /tmp/x
              to know more  espalier logs te-nas-7f3k2m --home /tmp/x
              to stop it    espalier cancel te-nas-7f3k2m --home /tmp/x
            """);
  }

  @Test
  void aRunningOneShowsHowFarItsStageIs() {
    assertThat(ExperimentPage.lines(Examples.running(), "", Style.plain()))
        .contains("  prune         running  1 min 12 s      9           1  round 2/3 · 33/57")
        .contains("  to watch it  espalier watch te-nas-7f3k2m")
        .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(80));
  }

  @Test
  void theListShowsOneExperimentALine() {
    assertThat(
            String.join(
                    "\n",
                    ExperimentTable.lines(
                        List.of(
                            ExperimentLine.of(Examples.running()),
                            ExperimentLine.of(Examples.completed())),
                        Examples.START.plusSeconds(7300),
                        Style.plain()))
                + "\n")
        .isEqualTo(
            """
            ID             STATE         METHOD  DATA     SEED     TEST  TIME  LAUNCHED
            te-nas-7f3k2m  running 26 %  te-nas  cifar10     0           1:15  2 h ago
            te-nas-7f3k2m  completed     te-nas  cifar10     0  51.80 %  3:12  2 h ago
            """);
  }

  @Test
  void severalSeedsEndInMeanAndDeviation() {
    assertThat(SeedTable.lines(List.of(Examples.completed(), Examples.completed()), Style.plain()))
        .contains("     0  te-nas-7f3k2m  completed  51.80 %  3 min 12 s  d1e2d1e2d1e2d1e2")
        .endsWith("  test accuracy over 2 seeds: 51.80 ± 0.00 %");
  }
}
