package dev.espalier.bench;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Images;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.MeasurementRequest;
import dev.espalier.learning.memory.ResidentMemory;
import dev.espalier.learning.space.nasbench201.CellTrainee;
import dev.espalier.learning.space.nasbench201.SupernetIndicators;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.EpochMetrics;
import dev.espalier.learning.training.ImageTraining;
import dev.espalier.learning.training.Schedule;
import dev.espalier.learning.training.TrainingMonitor;
import dev.espalier.learning.training.TrainingRecipe;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.tenas.TeNasSearch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.NtkSettings;
import dev.espalier.search.settings.Refinements;
import dev.espalier.search.settings.RegionSettings;
import dev.espalier.search.settings.TrainingBasics;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows that memory stays flat: resident size from the 100th to the 1,000th small NTK evaluation,
 * and over 10,000 small training steps, each within 10 %. Prints one line of JSON; exit code 1 if
 * either grows more.
 *
 * <p>Each part runs in a process of its own whose Java heap is touched at the start: otherwise the
 * heap's growth to its usual size would be taken for a leak.
 */
public final class MemoryFlat {
  private static final double ALLOWED_GROWTH = 0.10;

  /** A network and steps so small that ten thousand take a minute. */
  private static final TrainingRecipe TINY =
      new TrainingRecipe(
          new TrainingBasics(1000, 4, 2000, 10, 10, 0.01, 0.9, true, 5e-4, 0, true, 8),
          Schedule.COSINE,
          1,
          1,
          0,
          Refinements.NONE);

  private static final Cell TINY_CELL =
      Cell.parse(
          "|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|none~1|nor_conv_3x3~2|");

  private MemoryFlat() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 0) {
      System.exit(compare() ? 0 : 1);
    }
    switch (arguments[0]) {
      case "ntk" -> evaluateKernels();
      case "training" -> trainSteps();
      default -> throw new IllegalArgumentException("ntk or training, not " + arguments[0]);
    }
  }

  private static boolean compare() throws IOException, InterruptedException {
    Map<String, Object> report = new LinkedHashMap<>();
    boolean flat = true;
    for (String part : List.of("ntk", "training")) {
      List<Long> bytes = inFreshProcess(part);
      double growth = (double) bytes.getLast() / bytes.getFirst() - 1;
      report.put(
          part,
          Map.of("firstBytes", bytes.getFirst(), "lastBytes", bytes.getLast(), "growth", growth));
      flat &= growth <= ALLOWED_GROWTH;
    }
    report.put("flat", flat);
    System.out.println(Json.write(report));
    return flat;
  }

  private static List<Long> inFreshProcess(String part) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Doffline=true",
            "-Xms300m",
            "-Xmx300m",
            "-XX:+AlwaysPreTouch",
            "-cp",
            System.getProperty("java.class.path"),
            MemoryFlat.class.getName(),
            part));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(part + " failed:\n" + printed);
    }
    return printed.lines().filter(line -> line.matches("\\d+")).map(Long::valueOf).toList();
  }

  /** A thousand kernels of 8 images of 3x8x8, weights and images new for each. */
  private static void evaluateKernels() {
    NtkSettings ntk = new NtkSettings(8, 8, 3, 1, "kaiming", "summed", "float64", false);
    RegionSettings regions = new RegionSettings(100, 1, 3, 1, "kaiming");
    OperatorMask mask = OperatorMask.full(EnumSet.complementOf(EnumSet.of(Operator.NONE)));
    try (SupernetIndicators indicators =
        new SupernetIndicators(
            Torch.cpu(),
            IndicatorImages.noise(10, ntk, regions),
            new TeNasSearch(
                    "exact",
                    "published",
                    1,
                    1,
                    "repeat",
                    "shared",
                    "exact",
                    "current",
                    ntk,
                    regions)
                .indicators(),
            0)) {
      for (int evaluation = 1; evaluation <= 1000; evaluation++) {
        indicators.measure(new MeasurementRequest(0, evaluation, -1, mask, true, true));
        if (evaluation == 100 || evaluation == 1000) {
          System.out.println(ResidentMemory.bytes());
        }
      }
    }
  }

  /** 11,000 steps of 4 images of 3x8x8, checkpoints among them; the first 1,000 warm up. */
  private static void trainSteps() {
    ImageTraining.train(
        Torch.cpu(),
        noise(),
        new CellTrainee(TINY_CELL, 2, 1),
        TINY,
        1,
        "memory",
        null,
        new Watch());
  }

  private static ImageDataset noise() {
    ImageShape shape = new ImageShape(3, 8, 8);
    return new ImageDataset(
        "noise",
        List.of("even", "odd"),
        noise(shape, 2500, RandomStream.of(1, "train")),
        noise(shape, 100, RandomStream.of(1, "test")));
  }

  private static Images noise(ImageShape shape, int count, RandomStream stream) {
    byte[] pixels = new byte[count * shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) stream.nextInt(256);
    }
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 2;
    }
    return new Images(shape, pixels, labels);
  }

  private static final class Watch implements TrainingMonitor {
    private static final int FIRST = 1_000;
    private static final int LAST = 11_000;

    private int steps;

    @Override
    public boolean stop() {
      return steps >= LAST;
    }

    @Override
    public void step(int epoch, int step, int stepsPerEpoch, double loss) {
      steps++;
      if (steps == FIRST || steps == LAST) {
        System.out.println(ResidentMemory.bytes());
      }
    }

    @Override
    public boolean checkpointDue(int epoch, int step, int stepsPerEpoch) {
      return step % 50 == 0;
    }

    @Override
    public void checkpoint(byte[] whole, int epoch, int step) {}

    @Override
    public void epoch(EpochMetrics metrics) {}
  }
}
