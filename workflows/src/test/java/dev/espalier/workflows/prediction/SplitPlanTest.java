package dev.espalier.workflows.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.specification.GnnEvolutionSpecification;
import dev.espalier.workflows.prediction.PredictorActivities.FitSplit;
import dev.espalier.workflows.stage.StageInput;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A comparison of predictors")
class SplitPlanTest {
  private static List<FitSplit> plan(int evaluated) {
    GnnEvolutionSpecification specification =
        GnnEvolutionSpecification.preset(
            "quick", Map.of("predictor.splits", "1", "predictor.compared", "[forest, mlp]"));
    StageInput input =
        new StageInput(
            "experiment",
            "train-predictor",
            "key",
            specification.canonical(),
            "cpu/test",
            "data",
            Map.of(),
            null,
            null);
    return SplitPlan.of(input, specification.predictor(), "rows", evaluated);
  }

  @Test
  void isLeftOutWhereTooFewCanBeRanked() {
    assertThat(plan(6)).isEmpty();
    assertThat(plan(7)).isNotEmpty();
  }

  @Test
  void fitsTheGuidingOneToFewerAsWellAndEveryOtherToAll() {
    assertThat(plan(25))
        .extracting(fit -> fit.kind() + " " + fit.trainingRows())
        .containsExactly(
            "forest 20", "mlp 20", "ensemble 5", "ensemble 10", "ensemble 15", "ensemble 20");
  }
}
