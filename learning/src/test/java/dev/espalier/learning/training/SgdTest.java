package dev.espalier.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.settings.Refinements;
import dev.espalier.search.settings.TrainingBasics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against PyTorch's definition (torch.optim.SGD), written out for one number. */
class SgdTest {
  @ParameterizedTest(name = "momentum {0}, nesterov {1}, decay {2}")
  @CsvSource({"0.9, true, 0.0005", "0.9, false, 0.0005", "0.5, true, 0", "0, false, 0.1"})
  void movesAsPyTorchDoes(double momentum, boolean nesterov, double decay) {
    Torch torch = Torch.cpu();
    TrainingRecipe recipe =
        new TrainingRecipe(
            new TrainingBasics(1, 2, 2, 1, 1, 0.1, momentum, nesterov, decay, 0, false, 8),
            Schedule.COSINE,
            1,
            1,
            0,
            Refinements.NONE);
    double weight = 1.5;
    double velocity = 0;
    SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
    parameters.put("w", torch.leaf(new float[] {1.5f, 1.5f}, 2));
    try (Sgd sgd = new Sgd(torch, parameters, recipe, Optimizer.Memory.NONE)) {
      for (int step = 0; step < 5; step++) {
        double rate = 0.1 / (step + 1);
        double gradient = Math.sin(step) + decay * weight;
        velocity = momentum * velocity + gradient;
        weight -= rate * (nesterov ? gradient + momentum * velocity : velocity);
        try (Scope _ = torch.inference()) {
          float given = (float) Math.sin(step);
          sgd.step(List.of(torch.tensor(new float[] {given, given}, 2)), rate);
        }
      }
      float[] values = parameters.firstEntry().getValue().toFloats();
      assertThat((double) values[1]).isCloseTo(weight, within(1e-6));
      assertThat((double) sgd.memory().getFirst().values()[0]).isCloseTo(velocity, within(1e-6));
    } finally {
      parameters.firstEntry().getValue().close();
    }
  }
}
