package dev.espalier.workflows.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.stage.PreparedData;
import dev.espalier.workflows.stage.StageInput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The name of an evaluation")
class TrainingsTest {
  private static final String ARCHITECTURE = "sep5|skip+dil3|sep3+dil5|skip+sep5|sep3";
  private static final EvolutionSpecification WHOLE =
      specification(Map.of("evaluation.epochs", "4"));
  private static final EvolutionSpecification HALVING =
      specification(Map.of("evaluation.epochs", "4", "evaluation.rungs", "3"));

  private static EvolutionSpecification specification(Map<String, String> sets) {
    return EvolutionSpecification.preset("quick", sets);
  }

  private static TrainArchitecture training(
      EvolutionSpecification specification, int rung, @Nullable String salt) {
    return training(specification, rung, salt, Map.of());
  }

  private static TrainArchitecture training(
      EvolutionSpecification specification,
      int rung,
      @Nullable String salt,
      Map<String, String> inputs) {
    StageInput input =
        new StageInput(
            "experiment",
            "evaluate",
            "key",
            specification.canonical(),
            "cpu/test",
            "data",
            inputs,
            null,
            salt,
            null,
            null);
    return Trainings.ofSample(input, specification, ARCHITECTURE, 0, rung, 0);
  }

  @Test
  void ofAFreshRunIsAnotherInTheStoreButDrawsTheSameNumbers() {
    TrainArchitecture plain = training(WHOLE, 0, null);
    TrainArchitecture fresh = training(WHOLE, 0, "fresh");

    assertThat(fresh.recordId()).isNotEqualTo(plain.recordId());
    assertThat(fresh.evaluationId()).isEqualTo(plain.evaluationId());
    assertThat(
            Trainings.recordIdOfSample(WHOLE, ARCHITECTURE, 0, "data", "cpu/test", "fresh", null))
        .isEqualTo(fresh.recordId());
  }

  @Test
  void ofALookUpIsAnotherForAnotherTableOfTheSameName() {
    EvolutionSpecification tabled = specification(Map.of("evaluation.table", "mine"));
    TrainArchitecture unknown = training(tabled, 0, null);
    TrainArchitecture one = training(tabled, 0, null, prepared("one"));
    TrainArchitecture two = training(tabled, 0, null, prepared("two"));

    assertThat(one.tableDigest()).isEqualTo("one");
    assertThat(one.recordId()).isNotEqualTo(two.recordId()).isNotEqualTo(unknown.recordId());
    assertThat(unknown.protocol()).as("as recorded before").isEqualTo("{\"table\":\"mine\"}");
    assertThat(Trainings.recordIdOfSample(tabled, ARCHITECTURE, 0, "data", "cpu/test", null, "one"))
        .isEqualTo(one.recordId());
  }

  private static Map<String, String> prepared(String table) {
    return Map.of(
        "prepare-data", Json.write(new PreparedData("data", 1, 28, 28, 10, 10, 10, table)));
  }

  @Test
  void ofTheLastRungIsThatOfAWholeTrainingSoThatExperimentsShareIt() {
    assertThat(training(HALVING, 2, null).recordId())
        .isEqualTo(training(WHOLE, 0, null).recordId());
  }

  @Test
  void isAnotherOnEveryRungOfOneTraining() {
    TrainArchitecture first = training(HALVING, 0, "fresh");
    TrainArchitecture second = training(HALVING, 1, "fresh");

    assertThat(second.recordId()).isNotEqualTo(first.recordId());
    assertThat(second.continues()).isEqualTo(first.recordId());
    assertThat(second.training())
        .as("the name of the random streams")
        .isEqualTo(first.training())
        .isEqualTo(training(WHOLE, 0, null).evaluationId());
  }

  @Test
  void dependsOnTheRecipeButNotOnWhatElseTheSpaceOffers() {
    EvolutionSpecification fewer =
        specification(
            Map.of(
                "evaluation.epochs", "4", "network.operations", "[skip, sep3, sep5, dil3, dil5]"));
    EvolutionSpecification slower =
        specification(Map.of("evaluation.epochs", "4", "evaluation.learningRate", "0.01"));

    assertThat(training(fewer, 0, null).evaluationId())
        .isEqualTo(training(WHOLE, 0, null).evaluationId());
    assertThat(training(slower, 0, null).evaluationId())
        .isNotEqualTo(training(WHOLE, 0, null).evaluationId());
  }

  @Test
  void ofAHistoryWithTheWholeSpecificationIsReadAsTheSameByValue() {
    for (EvolutionSpecification specification :
        List.of(WHOLE, HALVING, specification(Map.of("evaluation.table", "measured")))) {
      TrainArchitecture now = training(specification, 0, null);
      TrainArchitecture then =
          new TrainArchitecture(
              now.ref(),
              now.evaluationId(),
              now.recordId(),
              now.space(),
              now.architecture(),
              now.role(),
              now.number(),
              now.protocol(),
              specification.canonical(),
              now.dataDigest(),
              null,
              now.stopAfterEpoch(),
              now.round(),
              now.continues(),
              now.training(),
              now.tableDigest(),
              null,
              null,
              null,
              null,
              null,
              null);

      assertThat(then.byValue()).isEqualTo(now);
      assertThat(now.byValue()).isSameAs(now);
      assertThat(Json.read(Json.write(now), TrainArchitecture.class)).isEqualTo(now);
    }
  }
}
