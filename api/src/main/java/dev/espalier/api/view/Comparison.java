package dev.espalier.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.statistics.Interval;
import dev.espalier.search.statistics.Statistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Experiments side by side: {@code GET /api/comparison} and {@code espalier compare --json} give
 * exactly this.
 *
 * @param settings what differs between their specifications, and nothing that does not
 * @param seeds those that differ in their seed alone, with the mean of their test accuracies
 */
public record Comparison(List<Compared> experiments, List<Difference> settings, List<Seeds> seeds) {
  public static final int MOST = 50;
  private static final double CONFIDENCE = 0.95;
  private static final String SEED = "seed";

  public Comparison {
    experiments = List.copyOf(experiments);
    settings = List.copyOf(settings);
    seeds = List.copyOf(seeds);
  }

  /**
   * One of them.
   *
   * @param version of the program that it was launched with
   * @param validation accuracy of what was found as a ratio, once measured
   * @param test likewise
   * @param curve of the first training of what was found, once there is one
   */
  public record Compared(
      String id,
      String state,
      String method,
      String space,
      String data,
      long seed,
      String preset,
      String version,
      @Nullable String dataDigest,
      @Nullable String numericClass,
      @Nullable String digest,
      @Nullable String architecture,
      @Nullable Long parameters,
      @Nullable Long macs,
      @Nullable Double validation,
      @Nullable Double test,
      double seconds,
      int recoveries,
      @Nullable Curve curve) {}

  /**
   * How a training went.
   *
   * @param validation accuracy by epoch
   * @param loss training loss by epoch
   */
  public record Curve(List<double[]> validation, List<double[]> loss) {
    public Curve {
      validation = List.copyOf(validation);
      loss = List.copyOf(loss);
    }
  }

  /**
   * A setting that differs.
   *
   * @param setting its path, as {@code --set} names it
   */
  public record Difference(String setting, List<Value> values) {
    public Difference {
      values = List.copyOf(values);
    }
  }

  /**
   * A value, and who has it.
   *
   * @param value null where the specification has no such setting
   */
  public record Value(@Nullable String value, List<String> experiments) {
    public Value {
      experiments = List.copyOf(experiments);
    }
  }

  /**
   * Experiments that are alike but for their seed, of which two at least have an accuracy.
   *
   * @param low lower end of the 95 % confidence interval of the mean (Student's t)
   */
  public record Seeds(List<String> experiments, double mean, double low, double high) {
    public Seeds {
      experiments = List.copyOf(experiments);
    }
  }

  /**
   * @param views two at least, each once, in the order in which they are to stand
   * @param curves by the experiment's id
   */
  static Comparison of(List<ExperimentView> views, Map<String, Curve> curves) {
    if (views.size() < 2 || views.size() > MOST) {
      throw new InvalidInput(
          "from 2 to %d different experiments can be compared, but there %s"
              .formatted(MOST, views.size() == 1 ? "was 1" : "were " + views.size()));
    }
    return new Comparison(
        views.stream().map(view -> compared(view, curves.get(view.id()))).toList(),
        differences(views),
        seeds(views));
  }

  private static Compared compared(ExperimentView view, @Nullable Curve curve) {
    JsonNode result = view.result() == null ? Json.tree(Map.of()) : view.result();
    return new Compared(
        view.id(),
        view.state().name(),
        view.method(),
        view.space(),
        view.data(),
        view.seed(),
        view.preset(),
        view.version(),
        view.dataDigest(),
        view.numericClass(),
        view.digest(),
        ResultReader.architecture(result),
        whole(result.path("parameters")),
        whole(result.path("macs")),
        ratio(result.at("/accuracy/validation")),
        ratio(result.at("/accuracy/test")),
        view.seconds(),
        view.recoveries(),
        curve);
  }

  private static @Nullable Long whole(JsonNode node) {
    return node.isNumber() ? node.asLong() : null;
  }

  private static @Nullable Double ratio(JsonNode node) {
    return node.isNumber() ? node.asDouble() : null;
  }

  private static List<Difference> differences(List<ExperimentView> views) {
    Map<String, Map<String, String>> settings = new LinkedHashMap<>();
    TreeSet<String> paths = new TreeSet<>();
    for (ExperimentView view : views) {
      Map<String, String> own = SettingPaths.of(view.specification());
      settings.put(view.id(), own);
      paths.addAll(own.keySet());
    }
    List<Difference> differences = new ArrayList<>();
    for (String path : paths) {
      Map<String, List<String>> byValue = new LinkedHashMap<>();
      List<String> without = new ArrayList<>();
      settings.forEach((id, own) -> {
        String value = own.get(path);
        (value == null ? without : byValue.computeIfAbsent(value, _ -> new ArrayList<>())).add(id);
      });
      if (byValue.size() + (without.isEmpty() ? 0 : 1) > 1) {
        List<Value> values = new ArrayList<>();
        byValue.forEach((value, ids) -> values.add(new Value(value, ids)));
        if (!without.isEmpty()) {
          values.add(new Value(null, without));
        }
        differences.add(new Difference(path, values));
      }
    }
    return differences;
  }

  private static List<Seeds> seeds(List<ExperimentView> views) {
    Map<String, List<ExperimentView>> alike = new LinkedHashMap<>();
    for (ExperimentView view : views) {
      ObjectNode settings = view.specification().deepCopy();
      settings.remove(SEED);
      alike
          .computeIfAbsent(
              Json.write(settings) + " " + view.dataDigest() + " " + view.version(),
              _ -> new ArrayList<>())
          .add(view);
    }
    return alike.values().stream().flatMap(group -> mean(group).stream()).toList();
  }

  private static Optional<Seeds> mean(List<ExperimentView> views) {
    List<String> ids = new ArrayList<>();
    List<Double> accuracies = new ArrayList<>();
    for (ExperimentView view : views) {
      Double accuracy = ResultReader.accuracy(view.result());
      if (accuracy != null) {
        ids.add(view.id());
        accuracies.add(accuracy);
      }
    }
    if (ids.size() < 2) {
      return Optional.empty();
    }
    Interval mean =
        Statistics.meanInterval(
                CONFIDENCE, accuracies.stream().mapToDouble(Double::doubleValue).toArray())
            .within(0, 1);
    return Optional.of(new Seeds(ids, mean.estimate(), mean.low(), mean.high()));
  }
}
