package dev.espalier.learning.predictor.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class OperatorRoleTest {
  static final List<SearchSpace> SPACES = SearchSpaces.all();

  @ParameterizedTest
  @FieldSource("SPACES")
  void everyOperatorOfEverySpaceHasARole(SearchSpace space) {
    assertThat(space.operators())
        .isNotEmpty()
        .noneMatch(label -> OperatorRole.of(label) == OperatorRole.OTHER);
  }

  @ParameterizedTest
  @CsvSource({
    "none, ZERO, false",
    "skip_connect, IDENTITY, false",
    "skip, IDENTITY, false",
    "nor_conv_1x1, CONVOLUTION, false",
    "nor_conv_3x3, CONVOLUTION, true",
    "sep5, CONVOLUTION, true",
    "dil_conv_3x3, CONVOLUTION, true",
    "k5e4, CONVOLUTION, true",
    "max_pool_3x3, POOLING, true",
    "something, OTHER, true"
  })
  void labelsSayWhatOperatorsDo(String label, OperatorRole role, boolean spatial) {
    assertThat(OperatorRole.of(label)).isEqualTo(role);
    assertThat(OperatorRole.isSpatial(label)).isEqualTo(spatial);
  }
}
