package dev.espalier.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against PyTorch's definition (torch.optim.Adam and AdamW), written out for one number. */
class AdamTest {
  @ParameterizedTest(name = "{0}, decay {1}")
  @CsvSource({"L2, 0", "L2, 0.1", "DECOUPLED, 0", "DECOUPLED, 0.1"})
  void movesAsPyTorchDoes(Adam.Decay decay, double weightDecay) {
    Torch torch = Torch.cpu();
    double weight = 1.5;
    double mean = 0;
    double square = 0;
    SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
    parameters.put("w", torch.leaf(new float[] {1.5f, 1.5f}, 2));
    try (Adam adam = new Adam(torch, parameters, decay, weightDecay, 0, Optimizer.Memory.NONE)) {
      for (int step = 1; step <= 7; step++) {
        double rate = 0.1 / step;
        double gradient = Math.sin(step);
        if (decay == Adam.Decay.L2) {
          gradient += weightDecay * weight;
        } else {
          weight -= rate * weightDecay * weight;
        }
        mean = 0.9 * mean + 0.1 * gradient;
        square = 0.999 * square + 0.001 * gradient * gradient;
        double unbiasedMean = mean / (1 - Math.pow(0.9, step));
        double unbiasedSquare = square / (1 - Math.pow(0.999, step));
        weight -= rate * unbiasedMean / (Math.sqrt(unbiasedSquare) + 1e-8);
        try (Scope _ = torch.inference()) {
          float given = (float) Math.sin(step);
          adam.step(List.of(torch.tensor(new float[] {given, given}, 2)), rate);
        }
      }
      float[] values = parameters.firstEntry().getValue().toFloats();
      assertThat((double) values[1]).isCloseTo(weight, within(2e-6));
      assertThat(adam.memory())
          .extracting(NamedArray::name)
          .containsExactly("means.w", "squares.w");
      assertThat((double) adam.memory().getFirst().values()[0]).isCloseTo(mean, within(1e-6));
      assertThat((double) adam.memory().getLast().values()[0]).isCloseTo(square, within(1e-6));
    } finally {
      parameters.firstEntry().getValue().close();
    }
  }
}
