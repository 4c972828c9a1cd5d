package dev.espalier.search.trainings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TrainingTableTest {
  /** The published constants: mean and deviation that labels are normalised by. */
  private static final double DEVIATION = 0.023961;

  private static final TrainingQuery VALIDATION = TrainingQuery.validation(108);

  private static TrainingTable table(float... values) {
    return TrainingTable.ofRows(
        "nas-bench-101", List.of(108), values.length / 8, List.of("a"), new int[] {-1}, values);
  }

  /** Of three trainings that end with these validation accuracies. */
  private static double ending(TrainingPolicy policy, int epochs, float... endings) {
    float[] values = new float[endings.length * 8];
    for (int i = 0; i < endings.length; i++) {
      values[i * 8 + 6] = endings[i];
    }
    TrainingTable table =
        TrainingTable.ofRows(
            "nas-bench-101", List.of(epochs), endings.length, List.of("a"), new int[1], values);
    return table.get(policy, 0, TrainingQuery.validation(epochs));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"VALIDATION", "TEST"})
  void resampling_gives_the_published_labels_of_the_mini_table(Metric metric) throws IOException {
    TrainingTable table = MiniTable.read();
    double[] expected =
        MiniTable.array("mini_table_expected.npz", metric == Metric.TEST ? "test_acc" : "val_acc");
    TrainingQuery query = new TrainingQuery(108, Moment.FINAL, metric);
    assertThat(expected).hasSize(48);
    for (int row = 0; row < expected.length; row++) {
      double label = table.get(TrainingPolicy.RESAMPLE, row, query);
      assertThat((label - TrainingPolicy.MEAN_OF_ALL) / DEVIATION)
          .as("row %d", row)
          .isEqualTo(expected[row], within(2e-6));
    }
  }

  @Test
  void the_first_training_has_the_published_mean() throws IOException {
    TrainingTable table = MiniTable.read();
    double sum = 0;
    for (int row = 0; row < table.size(); row++) {
      sum += table.get(TrainingPolicy.FIRST, row, VALIDATION);
    }
    assertThat(sum / table.size())
        .isEqualTo(MiniTable.array("mini_table_expected.npz", "mean_acc_seed0")[0], within(1e-6));
  }

  @Test
  void every_number_has_its_place() {
    TrainingTable table =
        TrainingTable.ofRows(
            "nas-bench-101",
            List.of(4, 108),
            2,
            List.of("a", "b"),
            new int[] {7, -1},
            numbers(2 * 2 * 2 * 2 * 4));
    assertThat(table.value(1, 1, new TrainingQuery(108, Moment.HALFWAY, Metric.TEST)))
        .isEqualTo((((1 * 2 + 1) * 2 + 1) * 2 + 0) * 4 + 3);
    assertThat(table.value(0, 1, new TrainingQuery(4, Moment.FINAL, Metric.SECONDS)))
        .isEqualTo((((0 * 2 + 0) * 2 + 1) * 2 + 1) * 4);
    assertThat(table.row("b")).hasValue(1);
    assertThat(table.row("c")).isEmpty();
    assertThat(table.parameters(0)).hasValue(7);
    assertThat(table.parameters(1)).isEmpty();
  }

  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  @Test
  void crashes_are_repaired_only_where_that_is_asked_for() {
    assertThat(ending(TrainingPolicy.FIRST, 108, 0.1f, 0.9f, 0.92f)).isEqualTo(0.1f);
    assertThat(ending(TrainingPolicy.RESAMPLE, 108, 0.1f, 0.19f, 0.92f)).isEqualTo(0.92f);
    assertThat(ending(TrainingPolicy.RESAMPLE, 108, 0.2f, 0.92f, 0.92f)).isEqualTo(0.2f);
    assertThat(ending(TrainingPolicy.MEAN, 108, 0.1f, 0.9f, 0.2f)).isEqualTo(0.4, within(1e-7));
  }

  @Test
  void where_all_crashed_the_constant_of_108_epochs_is_for_108_epochs_alone() {
    assertThat(ending(TrainingPolicy.RESAMPLE, 108, 0.1f, 0.11f, 0.12f)).isEqualTo(0.908192);
    assertThat(ending(TrainingPolicy.RESAMPLE, 4, 0.1f, 0.11f, 0.12f)).isEqualTo(0.1f);
  }

  @Test
  void what_is_unknown_is_no_crash() {
    float unknown = Float.NaN;
    assertThat(ending(TrainingPolicy.FIRST, 108, unknown, 0.9f)).isNaN();
    assertThat(ending(TrainingPolicy.RESAMPLE, 108, unknown, 0.9f)).isEqualTo(0.9f);
    assertThat(ending(TrainingPolicy.RESAMPLE, 108, unknown, unknown)).isNaN();
    assertThat(ending(TrainingPolicy.MEAN, 108, unknown, 0.9f)).isEqualTo(0.9f);
    assertThat(ending(TrainingPolicy.MEAN, 108, unknown, unknown)).isNaN();
  }

  @Test
  void seconds_are_not_repaired() {
    TrainingTable table = table(0, 0, 0, 0, 0.15f, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0);
    assertThat(
            table.get(
                TrainingPolicy.RESAMPLE, 0, new TrainingQuery(108, Moment.FINAL, Metric.SECONDS)))
        .isEqualTo(0.15f);
  }

  @Test
  void an_unknown_budget_or_policy_is_said_with_those_that_there_are() {
    assertThatThrownBy(() -> table(new float[8]).value(0, 0, TrainingQuery.validation(36)))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("the table has no trainings of 36 epochs, only of 108");
    assertThatThrownBy(() -> TrainingPolicy.parse("men"))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "evaluation.policy: there is no policy \"men\": allowed are first, resample, mean. Did you mean mean?");
    assertThat(TrainingPolicy.parse("resample")).isEqualTo(TrainingPolicy.RESAMPLE);
  }
}
