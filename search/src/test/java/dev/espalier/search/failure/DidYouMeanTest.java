package dev.espalier.search.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What was probably meant")
class DidYouMeanTest {
  private static final List<String> ALLOWED =
      List.of("repeats", "prunePerEdge", "te-nas", "nas-bench-201");

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource({
    "repeat, repeats",
    "prune, prunePerEdge",
    "prune_per_edge, prunePerEdge",
    "TENAS, te-nas",
    "nasbench201, nas-bench-201",
    "NasBench-210, nas-bench-201"
  })
  void aSlipIsUnderstood(String given, String meant) {
    assertThat(DidYouMean.suggestion(given, ALLOWED)).contains(meant);
    assertThat(DidYouMean.sentence(given, ALLOWED)).isEqualTo(" Did you mean " + meant + "?");
  }

  @Test
  void somethingElseIsNotGuessedAt() {
    assertThat(DidYouMean.suggestion("learningRate", ALLOWED)).isEmpty();
    assertThat(DidYouMean.sentence("learningRate", ALLOWED)).isEmpty();
  }

  @Test
  void allProblemsStandInTheMessageOneOnEachLine() {
    InvalidInput invalid = new InvalidInput(List.of("a is wrong", "b is wrong"));
    assertThat(invalid).hasMessage("a is wrong\nb is wrong");
    assertThat(invalid.problems()).containsExactly("a is wrong", "b is wrong");
    assertThatThrownBy(() -> new InvalidInput(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
