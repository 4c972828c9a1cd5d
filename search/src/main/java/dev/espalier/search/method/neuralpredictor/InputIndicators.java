package dev.espalier.search.method.neuralpredictor;

import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.settings.NtkSettings;
import dev.espalier.search.settings.RegionSettings;
import dev.espalier.search.settings.Require;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Indicators that predictors read beside graphs, measured of all that is learned from or ranked:
 * {@code score} measures the same of a network of the same size. They are measured on the images of
 * the data; where accuracies are looked up, and no image is at hand, on normally distributed
 * pixels.
 *
 * @param names of the indicators; none where nothing is measured
 * @param channels of the network's first stage (C)
 * @param cells of each stage (N)
 * @param batch images of one pass
 * @param imageSize height and width in pixels
 * @param shard architectures of one unit of work
 * @param cpuHours that measuring may take at most, by a rough estimate before it begins
 */
public record InputIndicators(
    List<String> names,
    int channels,
    int cells,
    int batch,
    int imageSize,
    int shard,
    double cpuHours) {
  private static final int MOST_SHARDS = 500;

  /** The kernel's own network, that of TE-NAS (Chen et al., ICLR 2021). */
  private static final int KERNEL_CHANNELS = 3;

  private static final RegionSettings REGIONS = new RegionSettings(1000, 3, 3, 1, "kaiming");

  /** What the indicators are taken from: some of them share a pass. */
  private static final Map<String, String> PASSES =
      Map.of(
          "naswot", "forward",
          "swap", "forward",
          "jacov", "jacobian",
          "snip", "backward",
          "grad-norm", "backward",
          "synflow", "flow",
          "ntk", "kernel",
          "regions", "regions");

  public InputIndicators {
    names = List.copyOf(names);
    Require.positive("channels", channels);
    Require.positive("cells", cells);
    Require.positive("batch", batch);
    Require.positive("imageSize", imageSize);
    Require.positive("shard", shard);
    Require.notNegative("cpuHours", cpuHours);
  }

  /** How many architectures a unit of work has: so many that the units fit into one history. */
  public int shardOf(int all) {
    return Math.max(shard, Math.ceilDiv(all, MOST_SHARDS));
  }

  /**
   * How the indicators are measured that have networks of their own: the kernel and the regions.
   */
  public IndicatorSettings settings() {
    NtkSettings ntk =
        new NtkSettings(
            batch, imageSize, KERNEL_CHANNELS, 1, "kaiming", "summed", "float64", false);
    return new IndicatorSettings(ntk, REGIONS, false, false);
  }

  /**
   * About the CPU seconds that measuring an architecture takes on one core: fitted to NAS-Bench-201
   * cells in nine networks, and right by a factor of two there, and of NAS-Bench-101
   * (docs/predictors.md).
   */
  double secondsEach() {
    Set<String> passes = new TreeSet<>();
    names.forEach(name -> passes.add(PASSES.getOrDefault(name, "")));
    double pixels = (double) batch * imageSize * imageSize;
    double work = channels * (cells + 1.0);
    return passes.stream()
            .mapToDouble(pass ->
                switch (pass) {
                  case "forward" -> 3 + 1.3e-4 * work * pixels;
                  case "jacobian" -> 6 + 0.9e-4 * work * pixels;
                  case "backward" -> 8 + 0.9e-4 * work * pixels;
                  case "flow" -> 3 + 0.5e-3 * work * imageSize * imageSize;
                  case "kernel" -> 6 + 6e-3 * pixels;
                  case "regions" -> 1;
                  default -> 0.3;
                })
            .sum()
        / 1000;
  }
}
