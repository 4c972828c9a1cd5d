package dev.espalier.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against PyTorch's definition (torch.optim.Adam and AdamW), written out for one number. */
class AdamTest {
  private static final Torch TORCH = Torch.cpu();

  @ParameterizedTest(name = "{0}, decay {1}")
  @CsvSource({"L2, 0", "L2, 0.1", "DECOUPLED, 0", "DECOUPLED, 0.1"})
  void movesAsPyTorchDoes(Adam.Decay decay, double weightDecay) {
    double weight = 1.5;
    double mean = 0;
    double square = 0;
    SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
    parameters.put("w", TORCH.leaf(new float[] {1.5f, 1.5f}, 2));
    try (Adam adam = new Adam(TORCH, parameters, decay, weightDecay, 0, Optimizer.Memory.NONE)) {
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
        try (Scope _ = TORCH.inference()) {
          float given = (float) Math.sin(step);
          adam.step(List.of(TORCH.tensor(new float[] {given, given}, 2)), rate);
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

  @ParameterizedTest(name = "{0} numbers, {1}, decay {2}")
  @CsvSource({"1, L2, 0", "7, L2, 0.1", "8, DECOUPLED, 0.1", "1003, L2, 0.1", "1003, DECOUPLED, 0"})
  void onePassOverTheMemoryHasTheBitsOfTheTensors(int size, Adam.Decay decay, double weightDecay) {
    float[][] found = new float[2][];
    for (int way = 0; way < 2; way++) {
      RandomStream stream = RandomStream.of(0, "adam", size);
      float[] weights = new float[size];
      stream.fillGaussian(weights, 1);
      SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
      try (Tensor leaf = TORCH.leaf(weights, size)) {
        parameters.put("w", leaf);
        try (Adam adam =
            new Adam(TORCH, parameters, decay, weightDecay, 0, Optimizer.Memory.NONE)) {
          for (int step = 1; step <= 5; step++) {
            float[] gradient = new float[size];
            stream.fillGaussian(gradient, 1e-3);
            try (Scope _ = TORCH.inference()) {
              List<Tensor> gradients = List.of(TORCH.tensor(gradient, size));
              if (way == 0) {
                adam.step(gradients, 0.01);
              } else {
                adam.byTensors(gradients, 0.01);
              }
            }
          }
          found[way] = new float[3 * size];
          leaf.copyTo(found[way], 0);
          System.arraycopy(adam.memory().getFirst().values(), 0, found[way], size, size);
          System.arraycopy(adam.memory().getLast().values(), 0, found[way], 2 * size, size);
        }
      }
    }

    assertThat(found[0]).isEqualTo(found[1]);
  }
}
