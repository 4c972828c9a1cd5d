package dev.espalier.workflows.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.SamplesArchitectures;
import dev.espalier.search.method.Specification;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.stage.StageInput;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which training of a cell is looked up is part of the evaluation's name, where it is said. */
final class LookUpPolicyTest {
  private static Specification specification(String policy) {
    Map<String, String> sets =
        new HashMap<>(Map.of("data", "two", "evaluation.table", "mine", "space", "darts"));
    if (!policy.isEmpty()) {
      sets.put("evaluation.policy", policy);
    }
    return SpecificationReader.read("method: random", sets);
  }

  private static TrainArchitecture lookUp(String policy) {
    Specification specification = specification(policy);
    StageInput input =
        new StageInput(
            "experiment",
            "evaluate",
            "key",
            specification.canonical(),
            "cpu/test",
            "data",
            Map.of(),
            null,
            null,
            null,
            null);
    return Trainings.ofSample(input, (SamplesArchitectures) specification, "cell", 0, 0, 0);
  }

  @Test
  void without_a_policy_specification_and_evaluation_are_those_of_before() {
    assertThat(specification("").canonical()).doesNotContain("policy");
    assertThat(lookUp("").protocol()).isEqualTo("{\"table\":\"mine\"}");
    assertThat(lookUp("").policy()).isNull();
  }

  @Test
  void each_policy_has_evaluations_of_its_own() {
    assertThat(lookUp("mean").protocol()).isEqualTo("{\"policy\":\"mean\",\"table\":\"mine\"}");
    assertThat(lookUp("mean").recordId())
        .isNotEqualTo(lookUp("").recordId())
        .isNotEqualTo(lookUp("resample").recordId());
    assertThat(lookUp("mean").policy()).isEqualTo("mean");
  }

  @Test
  void a_specification_with_a_policy_reads_back_as_it_was() {
    Specification specification = specification("resample");
    assertThat(Json.read(specification.canonical(), Specification.class)).isEqualTo(specification);
    assertThat(specification.policy()).isEqualTo("resample");
  }
}
