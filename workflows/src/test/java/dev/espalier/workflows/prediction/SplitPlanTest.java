package dev.espalier.workflows.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.prediction.PredictorActivities.FitSplit;
import dev.espalier.workflows.stage.StageInput;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A comparison of predictors")
class SplitPlanTest {
  private static List<FitSplit> plan(int evaluated, double heldOut) {
    EvolutionSpecification specification =
        EvolutionSpecification.preset(
            "quick",
            Map.of(
                "predictor.splits",
                "1",
                "predictor.compared",
                "[forest, mlp]",
                "predictor.heldOut",
                Double.toString(heldOut)));
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
            null,
            Laboratory.STORE,
            null);
    return SplitPlan.of(input, specification.predictor(), "rows", evaluated);
  }

  @Test
  void isLeftOutWhereTooFewCanBeRanked() {
    assertThat(plan(6, 0.2)).isEmpty(); // fitted to 4, ranks 2
    assertThat(plan(10, 0.05)).isEmpty(); // fitted to 9, ranks 1
    assertThat(plan(7, 0.2))
        .extracting(fit -> fit.kind() + " " + fit.trainingRows())
        .containsExactly("forest 5", "mlp 5", "ensemble 5"); // and to no fewer
  }

  @Test
  void fitsTheGuidingOneToFewerAsWellAndEveryOtherToAll() {
    assertThat(plan(25, 0.2))
        .extracting(fit -> fit.kind() + " " + fit.trainingRows())
        .containsExactly(
            "forest 20", "mlp 20", "ensemble 5", "ensemble 10", "ensemble 15", "ensemble 20");
  }
}
