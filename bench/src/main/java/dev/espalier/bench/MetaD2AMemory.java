package dev.espalier.bench;

import dev.espalier.learning.memory.ResidentMemory;
import dev.espalier.learning.meta.GraphCoding;
import dev.espalier.learning.meta.GraphCodings;
import dev.espalier.learning.meta.MetaEpoch;
import dev.espalier.learning.meta.MetaMonitor;
import dev.espalier.learning.meta.MetaRecipe;
import dev.espalier.learning.meta.MetaTraining;
import dev.espalier.learning.meta.MetaTrainingTask;
import dev.espalier.learning.meta.ModelKind;
import dev.espalier.learning.meta.ModelSizes;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The resident memory of a meta-training of MetaD2A on NAS-Bench-201 at its published sizes (32
 * sets of 20 classes of 20 images of 512 features), with a whole checkpoint an epoch.
 *
 * <p>Arguments: {@code kind=} generator or predictor, {@code steps=1000}, {@code every=100}, which
 * make an epoch. Prints a line of JSON after each.
 */
public final class MetaD2AMemory {
  private static final GraphCoding CELLS = GraphCodings.of("nas-bench-201");
  private static final int BATCH = 32;
  private static final int CLASSES = 100;
  private static final int IMAGES = 40;

  private MetaD2AMemory() {}

  public static void main(String[] words) {
    Arguments arguments = Arguments.of(List.of(words));
    ModelKind kind = ModelKind.valueOf(arguments.text("kind").toUpperCase(Locale.ROOT));
    int steps = arguments.number("steps", 1000);
    int every = arguments.number("every", 100);
    MetaPool pool =
        MetaPool.of(CELLS, CLASSES, IMAGES, ModelSizes.GENERATOR.width(), BATCH * every);
    MetaTrainingTask task =
        new MetaTrainingTask(
            Torch.cpu(),
            CELLS,
            kind,
            kind == ModelKind.GENERATOR ? ModelSizes.GENERATOR : ModelSizes.PREDICTOR,
            new MetaRecipe(steps / every, BATCH, 1e-4, 0.1, 10_000),
            pool,
            new MetaPool(CELLS, CLASSES, IMAGES, pool.width(), pool.features(), 0),
            0);
    try (MetaTraining training = MetaTraining.of(task, null, new Telling(every))) {
      training.run();
    }
  }

  private record Telling(int every) implements MetaMonitor {
    @Override
    public boolean stop() {
      return false;
    }

    @Override
    public void step(int epoch, int step, int stepsPerEpoch, double loss) {
      int done = epoch * stepsPerEpoch + step;
      if (done % every == 0) {
        System.out.println(
            Json.write(
                Map.of(
                    "step",
                    done,
                    "residentMiB",
                    ResidentMemory.bytes() >> 20,
                    "tensors",
                    Torch.cpu().liveTensors(),
                    "loss",
                    loss)));
      }
    }

    @Override
    public boolean checkpointDue(int epoch, int step, int stepsPerEpoch) {
      return step == stepsPerEpoch;
    }

    @Override
    public void checkpoint(byte[] whole, int epoch, int step) {}

    @Override
    public void epoch(MetaEpoch epoch) {}
  }
}
