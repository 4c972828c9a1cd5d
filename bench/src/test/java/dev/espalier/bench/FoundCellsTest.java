package dev.espalier.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.data.SharedFiles;
import dev.espalier.search.space.nasbench201.Cell;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FoundCellsTest {
  private static final String SMALL =
      "search recommended search.repeats=1 search.ntk.batch=3 search.regions.batch=50 search.regions.batches=1";

  private final Path accuracies = SharedFiles.of("data/nasbench201/nasbench201_accuracies.csv.gz");
  private final Arguments arguments =
      Arguments.of(
          List.of(
              "cifar10=" + SharedFiles.of("data/cifar10-subset"),
              "cifar100=" + SharedFiles.of("data/cifar100-subset/eval_500.bin"),
              "cifar100labels=1",
              "table=" + accuracies));

  private Map<String, Object> answer(String job) throws Exception {
    return new FoundCells(arguments).answer(List.of(job.split(" ")));
  }

  @ParameterizedTest
  @EnumSource(TableData.class)
  void aSearchIsJudgedByTheDataSetItSearchedOn(TableData data) throws Exception {
    Map<String, Object> found = answer(data.label() + " 0 " + SMALL);

    Cell cell = Cell.parse(String.valueOf(found.get("cell")));
    assertThat(found.get("accuracy"))
        .isEqualTo(100 * data.accuracy(TableData.table(accuracies), cell));
  }

  @Test
  void theSameSeedFindsTheSameCell() throws Exception {
    assertThat(answer("cifar10 3 " + SMALL)).isEqualTo(answer("cifar10 3 " + SMALL));
  }

  /** Table of NAS-Bench-201 (Dong and Yang, ICLR 2020): its best, and six convolutions of 3x3. */
  @Test
  void theWholeTableHasTheBestAndTheLargestCell() throws Exception {
    Map<String, Object> whole = answer("cifar100 0 table");

    assertThat(whole.get("best"))
        .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
        .isCloseTo(73.51, within(0.005));
    assertThat(whole.get("mostParameters"))
        .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
        .isCloseTo(71.11, within(0.005));
  }

  @Test
  void theEnsembleChoosesOneOfASampleThatDependsOnTheSeed() throws Exception {
    Map<String, Object> first = answer("imagenet16-120 0 sample 4 cells=1");
    Map<String, Object> second = answer("imagenet16-120 1 sample 4 cells=1");

    assertThat((Double) first.get("accuracy")).isLessThanOrEqualTo((Double) first.get("best"));
    assertThat(first.get("mean")).isNotEqualTo(second.get("mean"));
  }
}
