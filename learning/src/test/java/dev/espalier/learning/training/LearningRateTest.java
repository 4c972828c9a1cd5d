package dev.espalier.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.settings.Refinements;
import dev.espalier.search.settings.TrainingBasics;
import org.junit.jupiter.api.Test;

class LearningRateTest {
  private static LearningRate rate(int epochs, int steps, Schedule schedule) {
    return new LearningRate(
        new TrainingRecipe(
            new TrainingBasics(epochs, 2, 2, 1, 1, 0.1, 0.9, false, 0, 0, false, 8),
            schedule,
            25,
            0.1,
            0,
            Refinements.NONE),
        steps);
  }

  @Test
  void theRateFallsAlongHalfACosine() {
    LearningRate cosine = rate(10, 10, Schedule.COSINE);
    assertThat(cosine.at(0)).isEqualTo(0.1);
    assertThat(cosine.at(50)).isCloseTo(0.05, within(1e-15));
    assertThat(cosine.at(99)).isPositive().isLessThan(1e-4);
  }

  /** The published recipe: 60 epochs, a tenth every 25. */
  @Test
  void theRateFallsByAFactorEverySoManyEpochs() {
    LearningRate step = rate(60, 7, Schedule.STEP);
    assertThat(step.at(25 * 7 - 1)).isEqualTo(0.1);
    assertThat(step.at(25 * 7)).isCloseTo(0.01, within(1e-17));
    assertThat(step.at(50 * 7 - 1)).isCloseTo(0.01, within(1e-17));
    assertThat(step.at(60 * 7 - 1)).isCloseTo(0.001, within(1e-18));
  }

  /** PC-DARTS on ImageNet: 250 epochs from 0.5, the first five rising, the last five gentle. */
  @Test
  void theRateRisesForSomeEpochsAndFallsLinearly() {
    LearningRate linear =
        new LearningRate(
            new TrainingRecipe(
                new TrainingBasics(250, 2, 2, 1, 1, 0.5, 0.9, false, 0, 0, false, 8),
                Schedule.LINEAR,
                1,
                1,
                0,
                new Refinements(5, 0, 0, 0)),
            3);
    assertThat(linear.at(0)).isCloseTo(0.1, within(1e-15));
    assertThat(linear.at(2)).isEqualTo(linear.at(0));
    assertThat(linear.at(3 * 4)).isCloseTo(0.5 * 241 / 245, within(1e-15));
    assertThat(linear.at(3 * 5)).isCloseTo(0.5 * 240 / 245, within(1e-15));
    assertThat(linear.at(3 * 244)).isCloseTo(0.5 / 245, within(1e-15));
    assertThat(linear.at(3 * 245)).isCloseTo(0.5 / 245, within(1e-15));
    assertThat(linear.at(3 * 249)).isCloseTo(0.5 / 245 / 5, within(1e-15));
    assertThat(rate(4, 2, Schedule.LINEAR).at(7)).isCloseTo(0.1 / 4, within(1e-15));
  }

  @Test
  void schedulesAreKnownByTheirLabels() {
    assertThat(Schedule.labelled("step")).isEqualTo(Schedule.STEP);
    assertThatThrownBy(() -> Schedule.labelled("cosin"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("allowed is cosine, linear, step");
  }

  @Test
  void recipeNamesAllItsProblems() {
    assertThatThrownBy(() ->
            new TrainingRecipe(
                new TrainingBasics(1, 1, 10, 10, 10, 0, 1.5, true, 0, 0, true, 8),
                Schedule.STEP,
                0,
                2,
                1,
                Refinements.NONE))
        .isInstanceOfSatisfying(InvalidInput.class, e -> assertThat(e.problems()).hasSize(6))
        .hasMessageContaining("evaluation.batch must be at least 2, but was 1")
        .hasMessageContaining("evaluation.labelSmoothing");
  }
}
