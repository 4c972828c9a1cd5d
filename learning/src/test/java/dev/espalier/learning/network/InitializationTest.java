package dev.espalier.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NetworkCost;
import dev.espalier.search.space.nasbench201.NetworkShape;
import dev.espalier.search.statistics.Statistics;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InitializationTest {
  private static final ParameterSpecification FILTERS =
      ParameterSpecification.convolution("filters", 200, 10, 3);
  private static final ParameterSpecification MATRIX =
      ParameterSpecification.matrix("matrix", 100, 400);

  @Test
  void kaimingHasTheDeviationOfItsFan() {
    assertThat(deviation(Initialization.KAIMING_FAN_OUT, FILTERS))
        .isCloseTo(Math.sqrt(2.0 / 1800), within(1e-3));
    assertThat(deviation(Initialization.KAIMING_FAN_IN, FILTERS))
        .isCloseTo(Math.sqrt(2.0 / 90), within(3e-3));
    assertThat(deviation(Initialization.KAIMING_FAN_OUT, MATRIX))
        .isCloseTo(Math.sqrt(2.0 / 100), within(2e-3));
    assertThat(deviation(Initialization.KAIMING_FAN_IN, MATRIX))
        .isCloseTo(Math.sqrt(2.0 / 400), within(1e-3));
  }

  @Test
  void theDefaultIsUniformWithinTheInverseRootOfTheFanIn() {
    float[] values = draw(Initialization.PYTORCH_DEFAULT, FILTERS);
    double bound = 1 / Math.sqrt(90);
    assertThat(doubles(values).max().orElseThrow()).isBetween(0.99 * bound, bound);
    assertThat(doubles(values).min().orElseThrow()).isBetween(-bound, -0.99 * bound);
    float[] bias =
        draw(Initialization.PYTORCH_DEFAULT, ParameterSpecification.bias("bias", 1000, 400));
    assertThat(doubles(bias).max().orElseThrow()).isBetween(0.049, 0.05);
  }

  @Test
  void addendsAreZeroAndScalesOne() {
    assertThat(draw(Initialization.KAIMING_FAN_IN, ParameterSpecification.bias("b", 3, 4)))
        .containsExactly(0, 0, 0);
    for (Initialization initialization : Initialization.values()) {
      assertThat(draw(initialization, ParameterSpecification.scale("g", 2))).containsExactly(1, 1);
      assertThat(draw(initialization, ParameterSpecification.shift("s", 2))).containsExactly(0, 0);
    }
  }

  @Test
  void aParametersValuesDoNotDependOnTheOthers() {
    ParameterSource source =
        ParameterSource.drawn(Initialization.KAIMING_FAN_IN, 5, "purpose", 1, 2);
    float[] first = source.values(FILTERS);
    source.values(MATRIX);
    assertThat(source.values(FILTERS)).isEqualTo(first);
    assertThat(
            ParameterSource.drawn(Initialization.KAIMING_FAN_IN, 5, "purpose", 1, 3)
                .values(FILTERS))
        .isNotEqualTo(first);
  }

  @Test
  void aWholeNetworkHasAsManyParametersAsTheSearchSpaceSays() {
    Cell cell =
        Cell.parse(
            "|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|");
    int counted =
        NetworkPlan.whole(16, 5, 10, 3).parameters(cell.mask()).stream()
            .mapToInt(ParameterSpecification::size)
            .sum();
    assertThat(counted)
        .isEqualTo(NetworkCost.of(cell, new NetworkShape(16, 5, 10, 32, 3)).parameters());
  }

  private static float[] draw(Initialization initialization, ParameterSpecification parameter) {
    return initialization.draw(parameter, RandomStream.of(1, parameter.name()));
  }

  private static double deviation(Initialization initialization, ParameterSpecification parameter) {
    return Statistics.standardDeviation(doubles(draw(initialization, parameter)).toArray());
  }

  private static DoubleStream doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
  }
}
