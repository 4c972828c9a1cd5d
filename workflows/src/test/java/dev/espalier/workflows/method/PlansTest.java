package dev.espalier.workflows.method;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.Methods;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.workflows.stage.StagePlan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PlansTest {
  static List<MethodPlan> plans() {
    return Plans.all();
  }

  /**
   * A section that is not there is left out of a stage's key, so a misspelt one would go unseen.
   */
  @ParameterizedTest
  @MethodSource("plans")
  void stagesAreToldByGroupsOfTheirMethodsSpecification(MethodPlan plan) {
    List<String> groups = new ArrayList<>();
    JsonNode schema =
        Json.read(SpecificationReader.schema(Methods.named(plan.method())), JsonNode.class);
    schema.path("properties").fieldNames().forEachRemaining(groups::add);

    for (StagePlan stage : plan.stages()) {
      assertThat(groups).as(stage.name()).containsAll(stage.sections());
    }
  }
}
