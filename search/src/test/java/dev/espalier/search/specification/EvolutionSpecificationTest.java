package dev.espalier.search.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.evolution.SuccessiveHalving;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.space.parallel.MacroShape;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A specification of evolution")
class EvolutionSpecificationTest {
  private static List<String> problems(String text, Map<String, String> sets) {
    InvalidInput invalid =
        catchThrowableOfType(
            InvalidInput.class, () -> SpecificationReader.read("evolution.yaml", text, sets));
    assertThat(invalid).as("no problem was found").isNotNull();
    return invalid.problems();
  }

  @Test
  void ofAnotherMethodHasSettingsOfItsOwn() {
    EvolutionSpecification evolution =
        EvolutionSpecification.preset("quick", Map.of("budget.macs", "15e6"));
    assertThat(evolution.network()).isEqualTo(MacroShape.PUBLISHED);
    assertThat(evolution.budget().macs()).isEqualTo(15e6);
    assertThat(Json.read(evolution.canonical(), Specification.class)).isEqualTo(evolution);
  }

  @Test
  void tellsEverythingThatIsWrongInASpaceOfOnesOwn() {
    List<String> problems =
        problems(
            """
            method: gnn-evolution
            network:
              layers:
                - {channels: 15, stride: 2}
                - {channels: 0, stride: 1}
              operations: [sep3, sep4]
            """,
            Map.of());
    assertThat(problems)
        .containsExactly(
            "evolution.yaml: network.layers.1.channels must be between 1 and 4096, but was 0. "
                + "Use 32, the published setting.",
            "evolution.yaml: network.operations.1 must be one of skip, sep3, sep5, sep7, dil3, dil5, "
                + "but was \"sep4\". Did you mean sep3?",
            "evolution.yaml: network.layers: a layer of stride 2 needs an even number of channels, but one has 15.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "search.objectives;[accuracy, macs, macs];--set: search.objectives names something twice: "
            + "give every entry once.",
        "network.operations;[skip, skip];--set: network.operations names something twice: give every entry once.",
        "predictor.compared;[gnn, gnn];--set: predictor.compared names something twice: give every entry once.",
        "search.objectives;[macs];--set: search.objectives must have accuracy among them.",
        "evaluation.rungs;4;--set: evaluation.rungs (4) are too many for evaluation.epochs (3): "
            + "every rung must train longer than the one before. Use fewer rungs or more epochs.",
        "trainFinal.randomArchitectures;600;--set: trainFinal.randomArchitectures (600) and "
            + "trainFinal.seeds (2) are 1,202 trainings, but of 5 layers at most 1,200 can be compared: "
            + "lower either, for example to 599 random architectures.",
        "predictor.splits;429;--set: predictor.splits (429) are 3,003 fits, 7 each, but at most 3,000 "
            + "can be compared: use at most 428 splits, or compare fewer predictors.",
        "budget.latency;2;latency is limited or an objective, but budget.latencyTable is empty: "
            + "give the milliseconds of every operation, a list for every layer."
      })
  void ofEvolutionTellsWhatCannotBeTogether(String path, String value, String problem) {
    assertThat(problems("method: gnn-evolution\n", Map.of(path, value)))
        .map(text -> text.replace("evolution.yaml: ", ""))
        .containsExactly(problem);
  }

  @Test
  void comparesFewerNetworksTheMoreLayersTheyHave() {
    String layers = String.join(", ", Collections.nCopies(50, "{channels: 16, stride: 1}"));
    String text = "method: gnn-evolution\nnetwork: {layers: [%s]}\n".formatted(layers);
    Map<String, String> most = Map.of("trainFinal.randomArchitectures", "249");
    assertThat(SpecificationReader.read(text, most)).isNotNull();
    assertThat(problems(text, Map.of("trainFinal.randomArchitectures", "250")))
        .singleElement()
        .asString()
        .contains("are 502 trainings, but of 50 layers at most 500", "to 249 random");
  }

  @Test
  void takesAsManyRungsAsEachTrainsLonger() {
    assertThat(
            EvolutionSpecification.preset(
                    "quick", Map.of("evaluation.rungs", "3", "evaluation.epochs", "4"))
                .evaluation()
                .halving()
                .rungs())
        .extracting(SuccessiveHalving.Rung::epochs)
        .containsExactly(1, 2, 4);
  }

  @Test
  void doesNotTrainFurtherWhatATableGives() {
    assertThat(
            problems("method: gnn-evolution\nevaluation: {rungs: 2, table: measured}\n", Map.of()))
        .containsExactly(
            "evolution.yaml: evaluation.rungs (2) train some networks further, but evaluation.table "
                + "gives one accuracy for each: use 1 rung, or no table.");
  }
}
