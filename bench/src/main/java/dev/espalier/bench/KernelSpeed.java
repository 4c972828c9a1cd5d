package dev.espalier.bench;

import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.ntk.KernelDefinition;
import dev.espalier.learning.space.nasbench201.CellIndicators;
import dev.espalier.learning.space.nasbench201.kernel.VectorKernel;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.settings.NtkSettings;
import dev.espalier.search.settings.RegionSettings;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import jdk.incubator.vector.FloatVector;

/**
 * CPU seconds of single measurements in one thread, warm: kernels of the supernet and of single
 * paths, region counts; beside them the multiply-adds that are left of a kernel, and those that the
 * machine does in a second when nothing else is in the way. Prints one line of JSON.
 *
 * <p>Arguments: {@code batch} (72), {@code image} (32), measurements of each (5).
 */
public final class KernelSpeed {
  private static final Map<String, OperatorMask> NETWORKS = new LinkedHashMap<>();

  static {
    NETWORKS.put("supernet", OperatorMask.full(NasBench201.publishedOperators()));
    NETWORKS.put(
        "residual-like",
        OperatorMask.parse(
            "|nor_conv_3x3~0|+|skip_connect~0|nor_conv_3x3~1|+|skip_connect~0|skip_connect~1|nor_conv_3x3~2|"));
    NETWORKS.put(
        "all conv 3x3",
        OperatorMask.parse(
            "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|"
                + "+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|"));
  }

  private KernelSpeed() {}

  public static void main(String[] arguments) {
    int batch = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 72;
    int image = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 32;
    int times = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("batch", batch);
    report.put("image", image);
    report.put("multiplyAddsASecond", peak());
    report.put("kernels", kernels(batch, image, times));
    report.put("regions", regions(times));
    System.out.println(Json.write(report));
  }

  private static Map<String, Object> kernels(int batch, int image, int times) {
    NetworkPlan plan = NetworkPlan.whole(3, 1, 10, 3);
    ParameterSource source =
        ParameterSource.drawn(Initialization.KAIMING_FAN_OUT, 0, "kernel-speed");
    Map<String, float[]> parameters = new HashMap<>();
    OperatorMask all = OperatorMask.full(NasBench201.publishedOperators());
    for (ParameterSpecification each : plan.parameters(all)) {
      parameters.put(each.name(), source.values(each));
    }
    float[] images = new float[batch * 3 * image * image];
    RandomStream.of(0, "kernel-speed", "images").fillGaussian(images, 1);
    VectorKernel kernels = new VectorKernel(plan);
    Map<String, Object> report = new LinkedHashMap<>();
    NETWORKS.forEach((name, mask) -> {
      Runnable kernel =
          () -> kernels.kernel(KernelDefinition.SUMMED, parameters, mask, images, image, () -> {});
      Map<String, Object> of = new LinkedHashMap<>();
      of.put("cpuSeconds", median(times, kernel));
      of.put("multiplyAdds", kernels.multiplyAdds());
      report.put(name, of);
    });
    report.put("bytesKept", kernels.bytes());
    return report;
  }

  /** By samples: 3,000 as published, and more to see that the count is linear. */
  private static Map<String, Object> regions(int times) {
    Map<String, Object> report = new LinkedHashMap<>();
    for (int batches : new int[] {3, 30, 100}) {
      IndicatorSettings published =
          TeNasSpecification.preset(
                  "published", Map.of("search.regions.batches", String.valueOf(batches)))
              .search()
              .indicators();
      NtkSettings ntk = published.ntk();
      RegionSettings regions = published.regions();
      CellIndicators indicators =
          new CellIndicators(Torch.cpu(), IndicatorImages.noise(10, ntk, regions), published);
      report.put(
          String.valueOf(regions.samples()),
          median(
              times,
              () ->
                  indicators.score(
                      NasBench201.SPACE.parse(
                          "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|"
                              + "+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|"),
                      Indicator.REGIONS,
                      0)));
    }
    return report;
  }

  /** The median of so many, after as many to warm up. */
  private static double median(int times, Runnable work) {
    double[] seconds = new double[2 * times];
    for (int i = 0; i < seconds.length; i++) {
      double start = cpuSeconds();
      work.run();
      seconds[i] = cpuSeconds() - start;
    }
    double[] warm = Arrays.copyOfRange(seconds, times, seconds.length);
    Arrays.sort(warm);
    return warm[times / 2];
  }

  /** The most multiply-adds a second: twelve independent sums in registers, nothing loaded. */
  private static double peak() {
    double best = 0;
    for (int i = 0; i < 10; i++) {
      long rounds = 20_000_000;
      double start = cpuSeconds();
      float result = spin(rounds);
      double rate = rounds * 12 * 8 / (cpuSeconds() - start);
      best = Float.isNaN(result) ? best : Math.max(best, rate);
    }
    return best;
  }

  private static float spin(long rounds) {
    FloatVector x = FloatVector.broadcast(FloatVector.SPECIES_256, 0.5f);
    FloatVector a = x;
    FloatVector b = x;
    FloatVector c = x;
    FloatVector d = x;
    FloatVector e = x;
    FloatVector f = x;
    FloatVector g = x;
    FloatVector h = x;
    FloatVector i = x;
    FloatVector j = x;
    FloatVector k = x;
    FloatVector l = x;
    for (long round = 0; round < rounds; round++) {
      a = a.fma(x, x);
      b = b.fma(x, x);
      c = c.fma(x, x);
      d = d.fma(x, x);
      e = e.fma(x, x);
      f = f.fma(x, x);
      g = g.fma(x, x);
      h = h.fma(x, x);
      i = i.fma(x, x);
      j = j.fma(x, x);
      k = k.fma(x, x);
      l = l.fma(x, x);
    }
    return a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
  }

  private static double cpuSeconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }
}
