package dev.espalier.learning.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The estimates of several members together. */
class MixtureTest {
  private static final ParallelSpace SPACE = ParallelSpace.PUBLISHED;

  /** Says the same of everything. */
  private record Same(double mean, double deviation) implements Model {
    @Override
    public double[] predict(List<EncodedArchitecture> architectures) {
      return architectures.stream().mapToDouble(each -> mean).toArray();
    }

    @Override
    public List<Estimate> estimate(List<EncodedArchitecture> architectures) {
      return Collections.nCopies(architectures.size(), new Estimate(mean, deviation));
    }

    @Override
    public List<NamedArray> arrays() {
      return List.of();
    }

    @Override
    public Family family() {
      return ForestModel.FAMILY;
    }
  }

  private static Estimate of(Same... members) {
    return new FittedPredictor(
            EncodedSpaces.of(SPACE), "ensemble", Stream.<Model>of(members).toList())
        .estimate(List.of(SPACE.random(RandomStream.of(0))))
        .getFirst();
  }

  @Test
  void theVarianceIsThatOfTheMeansAndTheMeanOfTheVariances() {
    Estimate estimate = of(new Same(0.4, 0.1), new Same(0.6, 0.3));

    assertThat(estimate.mean()).isCloseTo(0.5, within(1e-15));
    assertThat(estimate.standardDeviation()).isCloseTo(Math.sqrt(0.01 + 0.05), within(1e-15));
  }

  @Test
  void aMemberAloneIsAsSureAsItSays() {
    assertThat(of(new Same(0.4, 0.1))).isEqualTo(new Estimate(0.4, 0.1));
  }
}
