package dev.espalier.workflows.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.method.Specification;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.workflows.NumericClasses;
import dev.espalier.workflows.method.Plans;
import dev.espalier.workflows.stage.StagePlan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The stages of a method")
final class StageChainTest {
  private static StageChain chain(String method, Map<String, String> sets) {
    Specification specification = SpecificationReader.preset(method, "quick", sets);
    return new StageChain(
        "", specification.canonical(), NumericClasses.CPU, Plans.of(method), Map.of());
  }

  /** So a section that a later version knows leaves the keys of older experiments as they are. */
  @Test
  void haveNothingInTheirKeysThatNobodyAskedFor() {
    StagePlan split = Plans.of("neural-predictor").get(1);
    StagePlan before =
        new StagePlan(
            split.name(),
            split.kind(),
            split.revision(),
            List.of("space", "network", "split", "search", "evaluation"),
            split.shared());
    StageChain plain = chain("neural-predictor", Map.of());
    StageChain reading = chain("neural-predictor", Map.of("indicators.names", "[naswot]"));

    assertThat(split.sections()).contains("indicators");
    assertThat(plain.key(split)).isEqualTo(plain.key(before));
    assertThat(reading.key(split)).isNotEqualTo(plain.key(split));
  }

  @Test
  void haveTheSameKeysWhoeverMadeWhatTheyGoBy() {
    for (String[] each :
        new String[][] {{"metad2a-train", "tasks.make"}, {"metad2a", "models.train"}}) {
      StageChain found = chain(each[0], Map.of());
      StageChain made = chain(each[0], Map.of(each[1] + ".preset", "quick"));
      for (StagePlan stage : Plans.of(each[0])) {
        assertThat(made.key(stage)).isEqualTo(found.key(stage));
        for (StageChain chain : new StageChain[] {found, made}) {
          chain.add(stage, chain.key(stage).digest(), "recorded", "{\"dataDigest\":\"d\"}");
        }
      }
      assertThat(chain(each[0], Map.of("seed", "1")).key(Plans.of(each[0]).getFirst()))
          .isNotEqualTo(chain(each[0], Map.of()).key(Plans.of(each[0]).getFirst()));
    }
  }
}
