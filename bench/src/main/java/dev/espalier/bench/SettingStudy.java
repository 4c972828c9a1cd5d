package dev.espalier.bench;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.Ensemble;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.space.nasbench201.CellIndicators;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.table.AccuracyTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.jspecify.annotations.Nullable;

/**
 * How well settings of TE-NAS's indicators rank cells, and what a value costs; beside them the
 * baselines. Cells are classes of isomorphic ones, drawn from the whole table.
 *
 * <p>Arguments: {@code cifar10=PATH} of the images, {@code table=CSV} of accuracies, {@code
 * threads=1}, {@code published=CSV} of other programs' scores, {@code path=value} of every job that
 * does not say another. Every line of standard input is a job, answered by a line of JSON (see
 * {@link Jobs}):
 *
 * <pre>CELLS SEEDS WHAT [path=value ...] [cells=N]</pre>
 *
 * with 0 cells for every class, and what is measured out of {@code ntk}, {@code regions}, {@code
 * both}, {@code parameters}, {@code ensemble}, {@code published-ensemble}. Paths change the preset
 * {@code recommended}; {@code cells}, of each stage, the network of the ensemble.
 */
public final class SettingStudy {
  /** Stands in for the logarithm of a condition number where there is none: worse than any. */
  private static final double SINGULAR = 50;

  private final ImageDataset images;
  private final AccuracyTable table;
  private final Arguments arguments;
  private final Map<Integer, CellSample> samples = new ConcurrentHashMap<>();

  SettingStudy(Arguments arguments) throws IOException {
    this.arguments = arguments;
    this.images = TableData.CIFAR10.images(arguments);
    this.table = TableData.table(arguments.path("table"));
  }

  public static void main(String[] words) throws Exception {
    Arguments arguments = Arguments.of(List.of(words));
    SettingStudy study = new SettingStudy(arguments);
    Jobs.run(System.in, System.out, arguments.number("threads", 1), study::answer);
  }

  Map<String, Object> answer(List<String> words) throws IOException {
    CellSample sample =
        samples.computeIfAbsent(
            Integer.parseInt(words.getFirst()), count -> CellSample.of(table, count));
    int seeds = Integer.parseInt(words.get(1));
    Arguments changes = Arguments.of(words.subList(3, words.size()));
    Map<String, String> changed = new TreeMap<>(arguments.settings());
    changed.putAll(changes.settings());
    IndicatorSettings settings =
        TeNasSpecification.preset("recommended", changed).search().indicators();
    return switch (words.get(2)) {
      case "ntk" -> tenas(sample, settings, seeds, true, false);
      case "regions" -> tenas(sample, settings, seeds, false, true);
      case "both" -> tenas(sample, settings, seeds, true, true);
      case "parameters" -> single(sample, sample.parameters());
      case "ensemble" -> ensemble(sample, settings, changes, seeds);
      case "published-ensemble" -> publishedEnsemble(sample);
      default ->
          throw new InvalidInput(
              "\"%s\" cannot be measured: ntk, regions, both, parameters, ensemble and published-ensemble can"
                  .formatted(words.get(2)));
    };
  }

  private Map<String, Object> tenas(
      CellSample sample, IndicatorSettings settings, int seeds, boolean ntk, boolean regions) {
    double[][] conditions = new double[seeds][];
    double[][] counts = new double[seeds][];
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("cells", sample.cells().size());
    double before = Jobs.cpuSeconds();
    if (ntk) {
      Arrays.setAll(
          conditions, seed -> each(sample, settings, seed, Indicator.NTK, SettingStudy::ofKernel));
      report.put("ntk", sample.quality(conditions, means(conditions)));
      report.put("ntkCpuSeconds", perCell(before, sample, seeds));
    }
    double between = Jobs.cpuSeconds();
    if (regions) {
      Arrays.setAll(
          counts,
          seed -> each(sample, settings, seed, Indicator.REGIONS, Indicator.REGIONS::worth));
      report.put("regions", sample.quality(counts, means(counts)));
      report.put("regionsCpuSeconds", perCell(between, sample, seeds));
      report.put("saturated", saturated(counts, settings.regions().samples()));
    }
    if (ntk && regions) {
      double[][] both = new double[seeds][];
      Arrays.setAll(both, seed -> rankSum(conditions[seed], counts[seed]));
      report.put("both", sample.quality(both, rankSum(means(conditions), means(counts))));
    }
    return report;
  }

  private interface Worth {
    double of(@Nullable Double value);
  }

  /** Condition numbers span decades: seeds are averaged on a logarithmic scale. */
  private static double ofKernel(@Nullable Double condition) {
    return condition == null ? -SINGULAR : -Math.log(condition);
  }

  /** Of every cell, with one seed. */
  private double[] each(
      CellSample sample, IndicatorSettings settings, int seed, Indicator indicator, Worth worth) {
    try (CellIndicators indicators = new CellIndicators(Torch.cpu(), images, settings)) {
      return sample.cells().stream()
          .mapToDouble(cell -> worth.of(indicators.score(cell, indicator, seed)))
          .toArray();
    }
  }

  private static double perCell(double since, CellSample sample, int seeds) {
    return (Jobs.cpuSeconds() - since) / seeds / sample.cells().size();
  }

  /** The share of counts that are too near the number of samples to be compared. */
  private static double saturated(double[][] counts, int samples) {
    return Arrays.stream(counts)
        .flatMapToDouble(Arrays::stream)
        .map(count -> count > 0.95 * samples ? 1 : 0)
        .average()
        .orElse(0);
  }

  private static double[] rankSum(double[] a, double[] b) {
    double[] sum = new NaturalRanking().rank(a);
    double[] other = new NaturalRanking().rank(b);
    Arrays.setAll(sum, i -> sum[i] + other[i]);
    return sum;
  }

  private static double[] means(double[][] bySeed) {
    double[] means = new double[bySeed[0].length];
    for (double[] each : bySeed) {
      Arrays.setAll(means, i -> means[i] + each[i] / bySeed.length);
    }
    return means;
  }

  private static Map<String, Object> single(CellSample sample, double[] scores) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("cells", sample.cells().size());
    report.put("baseline", sample.quality(new double[][] {scores}, scores));
    return report;
  }

  private Map<String, Object> ensemble(
      CellSample sample, IndicatorSettings settings, Arguments changes, int seeds) {
    double before = Jobs.cpuSeconds();
    double[][] bySeed = new double[seeds][];
    for (int seed = 0; seed < seeds; seed++) {
      try (CellIndicators indicators = SampleChoice.indicators(images, settings, changes)) {
        bySeed[seed] = SampleChoice.ensemble(indicators, sample.cells(), seed);
      }
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("cells", sample.cells().size());
    report.put("baseline", sample.quality(bySeed, means(bySeed)));
    report.put("baselineCpuSeconds", perCell(before, sample, seeds));
    return report;
  }

  /** Of the classes that somebody published scores of. */
  private Map<String, Object> publishedEnsemble(CellSample sample) throws IOException {
    PublishedScores published = PublishedScores.read(arguments.path("published"));
    Map<String, Cell> known = new HashMap<>();
    published.cells().forEach(cell -> known.putIfAbsent(cell.isomorphismClass(), cell));
    List<Cell> cells = new ArrayList<>();
    for (Cell cell : sample.cells()) {
      Cell other = known.get(cell.isomorphismClass());
      if (other != null) {
        cells.add(other);
      }
    }
    Map<Indicator, List<Double>> members = new EnumMap<>(Indicator.class);
    for (Indicator member : Ensemble.LOG_RANK.members()) {
      double[] values = published.of(member, cells);
      if (values == null) {
        throw new InvalidInput("the published scores have no column of " + member.label());
      }
      members.put(member, Arrays.stream(values).boxed().toList());
    }
    double[] scores =
        Ensemble.LOG_RANK.scores(members).stream().mapToDouble(Double::doubleValue).toArray();
    return single(sample.with(cells), scores);
  }
}
