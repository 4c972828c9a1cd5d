package dev.espalier.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.espalier.learning.data.CifarBinary;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.space.parallel.ParallelTrainee;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.EpochMetrics;
import dev.espalier.learning.training.ImageTraining;
import dev.espalier.learning.training.Schedule;
import dev.espalier.learning.training.TrainingMonitor;
import dev.espalier.learning.training.TrainingRecipe;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.Refinements;
import dev.espalier.search.settings.TrainingBasics;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times epochs of 1,000 images for networks of parallel operations in the published shape, on one
 * thread: the second and third epoch, the first warms up. The processor time is the whole
 * process's, compilation and garbage collection included.
 *
 * <p>Arguments: folder of a data set in CIFAR-10's binary layout, then architectures (default: a
 * random one). Prints one line of JSON for each image size and batch.
 */
public final class TrainingSpeed {
  private static final int IMAGES = 1000;

  private TrainingSpeed() {}

  public static void main(String[] arguments) throws IOException {
    ImageDataset data =
        CifarBinary.of(CifarBinary.Variant.CIFAR10).read("cifar10", Path.of(arguments[0]), 0);
    List<ParallelArchitecture> architectures =
        arguments.length == 1
            ? List.of(ParallelSpace.PUBLISHED.random(RandomStream.of(0, "speed")))
            : List.of(arguments).subList(1, arguments.length).stream()
                .map(ParallelSpace.PUBLISHED::parse)
                .toList();
    for (ParallelArchitecture architecture : architectures) {
      for (int imageSize : List.of(32, 16)) {
        for (int batch : List.of(64, 128)) {
          Map<String, Object> report = new LinkedHashMap<>();
          report.put("architecture", architecture.canonical());
          report.put("imageSize", imageSize);
          report.put("batch", batch);
          report.put("cpuSecondsPerEpoch", secondsPerEpoch(data, architecture, batch, imageSize));
          System.out.println(Json.write(report));
        }
      }
    }
  }

  private static double secondsPerEpoch(
      ImageDataset data, ParallelArchitecture architecture, int batch, int imageSize) {
    TrainingRecipe recipe =
        new TrainingRecipe(
            new TrainingBasics(3, batch, IMAGES, 1, 1, 0.1, 0.9, false, 4e-4, 0, true, imageSize),
            Schedule.COSINE,
            1,
            1,
            0.1,
            Refinements.NONE);
    Stopwatch stopwatch = new Stopwatch();
    ImageTraining.train(
        Torch.cpu(),
        data,
        new ParallelTrainee(MacroShape.PUBLISHED, architecture),
        recipe,
        0,
        "speed",
        null,
        stopwatch);
    return (stopwatch.last - stopwatch.first) / (recipe.epochs() - 1);
  }

  /** Processor seconds at the end of the first and of the last epoch. */
  private static final class Stopwatch implements TrainingMonitor {
    private final OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private double first;
    private double last;

    @Override
    public boolean stop() {
      return false;
    }

    @Override
    public void step(int epoch, int step, int stepsPerEpoch, double loss) {}

    @Override
    public boolean checkpointDue(int epoch, int step, int stepsPerEpoch) {
      return false;
    }

    @Override
    public void checkpoint(byte[] whole, int epoch, int step) {}

    @Override
    public void epoch(EpochMetrics metrics) {
      last = process.getProcessCpuTime() / 1e9;
      first = metrics.epoch() == 1 ? last : first;
    }
  }
}
