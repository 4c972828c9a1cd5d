package dev.espalier.learning.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.tensor.Ops.Normalization;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layers against numbers worked out by hand. */
class OpsTest {
  private final Torch torch = Torch.cpu();

  @Test
  void averagePoolingDividesByThePixelsThatExist() {
    try (Scope _ = torch.inference()) {
      Tensor ones = torch.full(1, Precision.FLOAT32, 1, 1, 4, 4);
      assertThat(Ops.averagePool(ones, 3, 1, 1).toFloats()).hasSize(16).containsOnly(1f);
      Tensor ramp = torch.tensor(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
      assertThat(Ops.averagePool(ramp, 3, 1, 1).toFloats())
          .containsExactly(new float[] {3, 3.5f, 4, 4.5f, 5, 5.5f, 6, 6.5f, 7}, within(1e-6f));
      Tensor wide = torch.full(1, Precision.FLOAT64, 2, 3, 5, 7);
      assertThat(Ops.averagePool(wide, 3, 2, 1).toDoubles())
          .hasSize(2 * 3 * 3 * 4)
          .containsOnly(new double[] {1}, within(1e-15));
    }
  }

  @Test
  void averagePoolingHasTheGradientOfItsDivisors() {
    try (Scope _ = torch.recording();
        Tensor leaf = torch.leaf(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3)) {
      Tensor sum = Ops.averagePool(leaf, 3, 1, 1).sum();
      float[] gradient = Gradients.of(sum, List.of(leaf)).getFirst().toFloats();
      // under the windows of one corner, two edges and the centre
      assertThat(gradient[0]).isCloseTo(1 / 4f + 2 / 6f + 1 / 9f, within(1e-6f));
      // under the windows of two corners, three edges and the centre
      assertThat(gradient[1]).isCloseTo(2 / 4f + 3 / 6f + 1 / 9f, within(1e-6f));
    }
  }

  @Test
  void maxPoolingSeesOnlyPixelsThatExistAndSendsItsGradientToTheLargest() {
    try (Scope _ = torch.recording();
        Tensor leaf = torch.leaf(new float[] {-1, -2, -3, -4, -9, -6, -7, -8, -5}, 1, 1, 3, 3)) {
      Tensor pooled = Ops.maxPool(leaf, 3, 2, 1);
      assertThat(pooled.toFloats()).containsExactly(-1, -2, -4, -5);
      float[] gradient = Gradients.of(pooled.sum(), List.of(leaf)).getFirst().toFloats();
      assertThat(gradient).containsExactly(1, 1, 0, 1, 0, 0, 0, 0, 1);
    }
  }

  @Test
  void batchNormReadsMeanVarianceScaleAndShiftInTheirPlaces() {
    try (Scope _ = torch.inference()) {
      Normalization statistics = normalization(2, 5, 3, 4); // scale, shift, mean, variance
      Tensor x = torch.tensor(new float[] {7}, 1, 1, 1, 1);
      double expected = 2 * (7 - 3) / Math.sqrt(4 + 1e-5) + 5;
      assertThat(Ops.batchNorm(x, statistics, false, 0.1, 1e-5).item())
          .isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void batchNormMovesRunningStatisticsByTheMomentumWhileTraining() {
    try (Scope _ = torch.inference()) {
      Normalization statistics = normalization(1, 0, 0, 1);
      Tensor x = torch.tensor(new float[] {1, 3}, 2, 1, 1, 1); // mean 2, variance 1, unbiased 2
      assertThat(Ops.batchNorm(x, statistics, true, 0.1, 0).toFloats()).containsExactly(-1, 1);
      assertThat(statistics.runningMean().item()).isCloseTo(0.2, within(1e-7));
      assertThat(statistics.runningVariance().item()).isCloseTo(0.9 + 0.2, within(1e-6));
    }
  }

  private Normalization normalization(double scale, double shift, double mean, double variance) {
    return new Normalization(
        torch.full(scale, Precision.FLOAT32, 1),
        torch.full(shift, Precision.FLOAT32, 1),
        torch.full(mean, Precision.FLOAT32, 1),
        torch.full(variance, Precision.FLOAT32, 1));
  }

  @Test
  void convolutionKeepsTheSizeAtStrideOneAndHalvesItAtTwo() {
    try (Scope _ = torch.inference()) {
      Tensor x = torch.full(1, Precision.FLOAT32, 1, 1, 4, 4);
      Tensor kernel = torch.full(1, Precision.FLOAT32, 1, 1, 3, 3);
      assertThat(Ops.convolution(x, kernel, 1).toFloats())
          .containsExactly(4, 6, 6, 4, 6, 9, 9, 6, 6, 9, 9, 6, 4, 6, 6, 4);
      assertThat(Ops.convolution(x, kernel, 2).toFloats()).containsExactly(4, 6, 6, 9);
    }
  }

  @Test
  void depthwiseConvolutionKeepsChannelsApartAndSpreadsItsTaps() {
    try (Scope _ = torch.inference()) {
      float[] pixels = new float[2 * 25];
      pixels[12] = 1; // the middle of the first channel
      Tensor x = torch.tensor(pixels, 1, 2, 5, 5);
      Tensor kernel =
          torch.tensor(
              new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9}, 2, 1, 3, 3);
      Tensor spread = Ops.depthwiseConvolution(x, kernel, 1, 2);
      assertThat(spread.shape()).containsExactly(1, 2, 5, 5);
      float[] values = spread.toFloats();
      assertThat(values[0]).isEqualTo(9);
      assertThat(values[2]).isEqualTo(8);
      assertThat(values[12]).isEqualTo(5);
      assertThat(values[24]).isEqualTo(1);
      assertThat(Arrays.copyOfRange(values, 25, 50)).containsOnly(0);
      assertThat(Ops.depthwiseConvolution(x, kernel, 2, 2).narrow(1, 0, 1).toFloats())
          .containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
    }
  }

  @Test
  void aConvolutionOfOnePixelMeetsEverySecondAtStrideTwo() {
    try (Scope _ = torch.inference()) {
      Tensor x = torch.tensor(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
      Tensor kernel = torch.full(2, Precision.FLOAT32, 1, 1, 1, 1);
      assertThat(Ops.convolution(x, kernel, 2).toFloats()).containsExactly(2, 6, 14, 18);
    }
  }

  @Test
  void channelsLastAreTheSameNumbersInOtherOrderOfMemory() {
    try (Scope _ = torch.inference()) {
      float[] numbers = new float[2 * 3 * 4 * 5];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = i;
      }
      Tensor x = Ops.channelsLast(torch.tensor(numbers, 2, 3, 4, 5));
      assertThat(x.shape()).containsExactly(2, 3, 4, 5);
      assertThat(x.toFloats()).containsExactly(numbers);
    }
  }

  @Test
  void relu6CutsOffAtSixAndItsGradientToo() {
    try (Scope _ = torch.recording();
        Tensor leaf = torch.leaf(new float[] {-1, 2, 5.5f, 7}, 4)) {
      Tensor cut = Ops.relu6(leaf);
      assertThat(cut.toFloats()).containsExactly(0, 2, 5.5f, 6);
      assertThat(Gradients.of(cut.sum(), List.of(leaf)).getFirst().toFloats())
          .containsExactly(0, 1, 1, 0);
    }
  }

  @Test
  void paddingAddsZerosBelowAndToTheRight() {
    try (Scope _ = torch.inference()) {
      Tensor x = torch.tensor(new float[] {1, 2}, 1, 1, 1, 2);
      assertThat(Ops.padded(x, 1, 0).toFloats()).containsExactly(1, 2, 0, 0);
      assertThat(Ops.padded(x, 0, 1).toFloats()).containsExactly(1, 2, 0);
    }
  }

  @Test
  void aBorderOfZerosGoesAroundTheAxisAskedForAndTheNext() {
    try (Scope _ = torch.inference()) {
      Tensor x = Ops.bordered(torch.tensor(new float[] {1, 2}, 1, 1, 1, 2), 1); // [1, 3, 3, 2]
      assertThat(x.shape()).containsExactly(1, 3, 3, 2);
      assertThat(x.toFloats())
          .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0);
    }
  }

  @Test
  void theStepIsOneAboveZeroOnly() {
    try (Scope _ = torch.inference()) {
      assertThat(Ops.step(torch.tensor(new float[] {-2, 0, 1e-30f, 3}, 4)).toFloats())
          .containsExactly(0, 0, 1, 1);
    }
  }

  @Test
  void crossEntropyIsTheMeanOverTheBatch() {
    try (Scope _ = torch.inference()) {
      Tensor logits = torch.tensor(new float[] {0, 0, 0, (float) Math.log(3)}, 2, 2);
      Tensor targets = torch.tensor(new float[] {1, 0, 0, 1}, 2, 2);
      double expected = (Math.log(2) - Math.log(0.75)) / 2;
      assertThat(Ops.crossEntropy(logits, targets).item()).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void viewsAreReadInTheirOwnOrder() {
    try (Scope _ = torch.inference()) {
      Tensor x = torch.tensor(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
      assertThat(x.transpose(0, 1).toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
      assertThat(x.narrow(1, 1, 3).toFloats()).containsExactly(2, 3, 5, 6);
      assertThat(x.argMax(1)).containsExactly(2, 2);
      float[] row = new float[5];
      x.narrow(1, 0, 1).copyTo(row, 2);
      assertThat(row).containsExactly(0, 0, 1, 4, 0);
    }
  }

  @Test
  void aShapeThatDoesNotFitIsRefused() {
    try (Scope _ = torch.inference()) {
      assertThatThrownBy(() -> torch.tensor(new float[3], 2, 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3 numbers do not fill the shape (2, 2)");
    }
  }
}
