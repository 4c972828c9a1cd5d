package dev.espalier.search.method.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.search.space.SearchSpaces;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A specification of random search")
class RandomSpecificationTest {
  private static RandomSpecification quick(String space, int architectures, int seed) {
    return RandomSpecification.preset(
        "quick",
        Map.of(
            "space", space,
            "search.architectures", Integer.toString(architectures),
            "seed", Integer.toString(seed)));
  }

  static List<String> spaces() {
    return SearchSpaces.names();
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void drawsDifferentArchitecturesOfAnySpaceByItsSeedAlone(String space) {
    RandomSpecification specification = quick(space, 50, 3);
    List<String> drawn = specification.draw(10);
    assertThat(new HashSet<>(drawn)).hasSize(50);
    assertThat(drawn)
        .allSatisfy(
            each -> assertThat(specification.searchSpace().parse(each).canonical()).isEqualTo(each))
        .isEqualTo(quick(space, 50, 3).draw(100))
        .startsWith(quick(space, 7, 3).draw(10).toArray(String[]::new))
        .isNotEqualTo(quick(space, 50, 4).draw(10));
    assertThat(specification.cost(drawn.getFirst(), 10).parameters()).isPositive();
    assertThat(Json.read(specification.canonical(), Specification.class)).isEqualTo(specification);
  }

  @Test
  void sharesItsEvaluationsWithTrainingsByTheSameRecipe() {
    RandomSpecification random = quick("nas-bench-201", 2, 0);
    TrainSpecification alone =
        TrainSpecification.preset(
            "quick",
            Map.of(
                "architecture", random.draw(10).getFirst(),
                "evaluation.epochs", "3",
                "evaluation.trainImages", "1000",
                "evaluation.validationImages", "500",
                "evaluation.testImages", "1000"));
    assertThat(random.protocol()).isEqualTo(alone.protocol());
  }

  @Test
  void canDrawAWholeSpaceButNoMore() {
    assertThat(new HashSet<>(quick("nas-bench-201", 15_625, 0).draw(10))).hasSize(15_625);
    assertThatThrownBy(() -> quick("nas-bench-201", 15_626, 0))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(
            "search.architectures (15,626) is more than nas-bench-201 has: use at most 15,625.");
  }

  @Test
  void refusesANetworkOfAnotherSpace() {
    assertThatThrownBy(
            () -> RandomSpecification.preset("quick", Map.of("network.skeleton", "imagenet")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("network must have cells, channels for an architecture of");
  }
}
