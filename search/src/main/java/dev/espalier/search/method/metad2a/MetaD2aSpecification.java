package dev.espalier.search.method.metad2a;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.latency.LatencyTable;
import dev.espalier.search.method.HasPrerequisites;
import dev.espalier.search.method.SamplesUniformly;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.UsesLatencies;
import dev.espalier.search.method.UsesModels;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.EvaluationSettings;
import dev.espalier.search.settings.FailureSettings;
import dev.espalier.search.settings.MeasuredLatencies;
import dev.espalier.search.settings.Require;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.specification.SpecificationReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A search by MetaD2A: meta-trained models look at the images of a data set that they have never
 * seen, generate architectures and rank them; the best ranked are evaluated beside baselines (Lee,
 * Hyung and Hwang, ICLR 2021).
 *
 * @param network what is around an architecture
 * @param models the meta-trained models
 * @param search how many are generated and evaluated
 * @param evaluation how each of them is trained, or where it is looked up
 * @param budget what an architecture may cost
 */
public record MetaD2aSpecification(
    String method,
    String space,
    String data,
    long seed,
    String preset,
    NetworkSettings network,
    ModelNames models,
    GenerationSettings search,
    EvaluationSettings evaluation,
    AffordableSettings budget,
    FailureSettings failure)
    implements SamplesUniformly, UsesModels, UsesLatencies, HasPrerequisites {
  public static final String METHOD = "metad2a";

  /** The settings that ask for the models to be trained first. */
  static final String TRAIN = "models.train";

  private static final String OTHERWISE =
      "Import one that you were given: espalier model import FILE. Or let both be made first, in minutes: "
          + "--set models.train.preset=quick";

  private static final Map<String, Integer> CLASSES =
      Map.of("cifar100", 100, "imagenet16-120", 120);
  private static final int USUAL_CLASSES = 10;

  /** A limit that so many random architectures in a row exceed cannot be met. */
  private static final int MOST_REFUSED = 100_000;

  public MetaD2aSpecification {
    Require.oneOf("method", method, METHOD);
    Require.present("space", space);
    Require.present("data", data);
    Require.present("preset", preset);
    Require.present("network", network);
    Require.present("models", models);
    Require.present("search", search);
    Require.present("evaluation", evaluation);
    Require.present("budget", budget);
    Require.present("failure", failure);
  }

  /** A preset, with some settings changed. */
  public static MetaD2aSpecification preset(String preset, Map<String, String> sets) {
    return (MetaD2aSpecification) SpecificationReader.preset(METHOD, preset, sets);
  }

  @Override
  public Training training() {
    return new Training(network, evaluation.recipe());
  }

  @Override
  public List<Specification> prerequisites() {
    List<Specification> all = new ArrayList<>();
    if (models.train() instanceof HasPrerequisites train) {
      all.addAll(train.prerequisites());
      all.add(train);
    }
    return all;
  }

  @Override
  public Optional<Offer> offer() {
    if (models.train() instanceof HasPrerequisites train) {
      return train.offer().map(offer -> offer.within(TRAIN));
    }
    return models.generator().isEmpty() && models.predictor().isEmpty()
        ? Optional.of(
            new Offer(TRAIN, this, "generator and predictor are meta-trained (metad2a-train)"))
        : Optional.empty();
  }

  /** None where they are trained first. */
  @Override
  public List<Need> needs() {
    if (models.train() != null) {
      return List.of();
    }
    return List.of(
        new Need("models.generator", "metad2a-generator", models.generator(), OTHERWISE),
        new Need("models.predictor", "metad2a-predictor", models.predictor(), OTHERWISE));
  }

  @Override
  public List<Beside> beside() {
    return Stream.of(
            new Beside("models.features", "features", models.features(), 0),
            new Beside("models.known", "meta-database", models.known(), 0))
        .filter(each -> !each.name().isEmpty())
        .toList();
  }

  @Override
  public boolean encodesImages() {
    return models.features().isEmpty();
  }

  @Override
  public Drawn drawn() {
    return new Drawn("search.perClass", encodesImages() ? search.perClass() : 0);
  }

  @Override
  public String sampleGroup() {
    return "search";
  }

  @Override
  public String sampleSetting() {
    return "search.top + unranked + random + transfer";
  }

  @Override
  public int architectures() {
    return search.top() + search.unranked() + search.random() + search.transfer();
  }

  @Override
  public double tolerated() {
    return search.tolerated();
  }

  @Override
  public List<String> draw(int classes) {
    return draw(isAffordable(classes));
  }

  /** The random baseline: so many different architectures within the budget. */
  public List<String> draw(Predicate<String> affordable) {
    RandomStream stream = RandomStream.of(seed, "rank", "random-architectures");
    Set<String> drawn = new LinkedHashSet<>();
    int refused = 0;
    while (drawn.size() < search.random()) {
      String architecture = searchSpace().random(stream).canonical();
      refused = affordable.test(architecture) && drawn.add(architecture) ? 0 : refused + 1;
      if (refused > MOST_REFUSED) {
        throw new InvalidInput(
            "budget: hardly any architecture of %s is within the limits (%s): raise them"
                .formatted(space, budget.inWords()));
      }
    }
    return List.copyOf(drawn);
  }

  /** Measured latencies aside, which a specification only names. */
  @Override
  public Predicate<String> isAffordable(int classes) {
    return isAffordable(classes, Optional.empty());
  }

  /**
   * Whether an architecture, a canonical string, is within the budget. One that the table knows
   * nothing of is not.
   *
   * @param measured the latencies that the budget names, if any
   */
  public Predicate<String> isAffordable(int classes, Optional<LatencyTable> measured) {
    if (!budget.limits()) {
      return _ -> true;
    }
    return text -> {
      double milliseconds = milliseconds(searchSpace().parse(text), measured);
      return budget.allows(cost(text, classes), milliseconds);
    };
  }

  /** How long an architecture takes; infinite where the table knows nothing of it. */
  double milliseconds(Architecture architecture, Optional<LatencyTable> measured) {
    return measured.isEmpty()
        ? budget.latencyOf(architecture)
        : latencyOf(architecture, measured.get())
            .map(LatencyTable.Latency::millis)
            .orElse(Double.POSITIVE_INFINITY);
  }

  /** Measured latencies aside, which a specification only names. */
  @Override
  public List<String> unreachable(int classes) {
    List<Architecture> cheapest = budget.limits() ? searchSpace().cheapest() : List.of();
    return cheapest.isEmpty()
        ? List.of()
        : LeastCosts.of(this, cheapest, classes, Optional.empty()).above(budget).stream()
            .map(each -> each + " of all architectures of %s: raise it".formatted(space))
            .toList();
  }

  @Override
  public double longestLatency() {
    return budget.latency();
  }

  /** How long an architecture takes; empty where the table knows nothing of it. */
  public Optional<LatencyTable.Latency> latencyOf(
      Architecture architecture, LatencyTable measured) {
    return measured.of(architecture, latencyImageSize());
  }

  @Override
  public Optional<MeasuredLatencies> latencies() {
    return Optional.ofNullable(budget.latencies());
  }

  /** Where features are given and accuracies are looked up no image is looked at. */
  @Override
  public boolean needsImages() {
    return models.features().isEmpty() || table().isEmpty();
  }

  @Override
  public int classesWithoutImages() {
    return CLASSES.getOrDefault(data, USUAL_CLASSES);
  }

  @Override
  public String device() {
    return budget.device();
  }

  @Override
  public String table() {
    return evaluation.table();
  }

  @Override
  public String policy() {
    return evaluation.policy();
  }
}
