package dev.espalier.search.specification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.PrunableSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Settings that are possible one by one but not together. */
final class CrossChecks {
  private static final List<String> CELL_NETWORK = List.of("cells", "channels");
  private static final List<String> GENOTYPE_NETWORK = List.of("cells", "channels", "skeleton");
  private static final List<String> LAYER_NETWORK = List.of("layers", "operations", "stem", "tail");

  /** Several times as long as any architecture of any space. */
  private static final int LONGEST = 10_000;

  private final JsonNode specification;
  private final Set<String> broken;
  private final List<String> problems = new ArrayList<>();

  private CrossChecks(JsonNode specification, Set<String> broken) {
    this.specification = specification;
    this.broken = broken;
  }

  /**
   * All such problems.
   *
   * @param broken paths that are wrong by themselves and were reported already
   */
  static List<String> problems(String method, JsonNode specification, Set<String> broken) {
    CrossChecks checks = new CrossChecks(specification, broken);
    checks.batchOfTheEvaluation();
    checks.cutout();
    checks.nesterov();
    switch (method) {
      case TeNasSpecification.METHOD -> {
        checks.prunePerEdge();
        checks.tableOfTheSpace();
      }
      case GnnEvolutionSpecification.METHOD -> checks.evolution();
      case TrainSpecification.METHOD -> checks.train();
      default -> throw new IllegalArgumentException(method);
    }
    return checks.problems;
  }

  private void train() {
    if (!usable("space", "network", "architecture")) {
      return;
    }
    int length = at("architecture").asText().length();
    if (length > LONGEST) {
      problems.add(
          "architecture must have at most %,d characters, but has %,d.".formatted(LONGEST, length));
      return;
    }
    String space = at("space").asText();
    List<String> wanted =
        switch (space) {
          case ParallelSpace.NAME -> LAYER_NETWORK;
          case DartsSpace.NAME -> GENOTYPE_NETWORK;
          default -> CELL_NETWORK;
        };
    List<String> given =
        at("network").properties().stream().map(Map.Entry::getKey).sorted().toList();
    if (!given.equals(wanted)) {
      problems.add(
          "network must have %s for an architecture of %s, but has %s."
              .formatted(String.join(", ", wanted), space, String.join(", ", given)));
      return;
    }
    int before = problems.size();
    switch (space) {
      case ParallelSpace.NAME -> layers();
      case DartsSpace.NAME -> genotype();
      default -> {}
    }
    if (problems.size() > before) {
      return;
    }
    try {
      Json.read(at("network").toString(), NetworkSettings.class)
          .parse(space, at("architecture").asText());
    } catch (InvalidInput e) {
      e.problems().forEach(problem -> problems.add("architecture: " + problem));
    }
  }

  private void layers() {
    network();
    if (usable("evaluation.auxiliaryWeight") && hasAuxiliaryHead()) {
      problems.add(
          "evaluation.auxiliaryWeight must be 0 for networks of parallel operations: they have no auxiliary head.");
    }
  }

  private void genotype() {
    boolean imageNet = at("network.skeleton").asText().equals("imagenet");
    int channels = (int) number("network.channels");
    if (imageNet && channels % 2 != 0) {
      problems.add(
          "network.channels must be even behind the skeleton imagenet, but was %d."
              .formatted(channels));
      return;
    }
    if (usable("evaluation.imageSize", "evaluation.auxiliaryWeight") && hasAuxiliaryHead()) {
      DartsShape.Stem stem = imageNet ? DartsShape.Stem.IMAGENET : DartsShape.Stem.CIFAR;
      int size = (int) number("evaluation.imageSize");
      int cells = (int) number("network.cells");
      if (new DartsShape(stem, channels, cells, 1, size, 1).lastSize() < 2) {
        problems.add(
            "evaluation.imageSize (%d) leaves the auxiliary head a single pixel: use at least %d, or set evaluation.auxiliaryWeight to 0."
                .formatted(size, imageNet ? 36 : 8));
      }
    }
  }

  private boolean hasAuxiliaryHead() {
    return at("evaluation.auxiliaryWeight").asDouble() > 0;
  }

  private void evolution() {
    if (usable("network")) {
      network();
    }
    if (usable("search.parents", "search.population")
        && number("search.parents") > number("search.population")) {
      problems.add(
          "search.parents (%d) cannot exceed search.population (%d): lower parents or raise population."
              .formatted(number("search.parents"), number("search.population")));
    }
    if (usable("evaluation.rungs", "evaluation.keep", "evaluation.epochs")) {
      rungs();
    }
    if (usable("evaluation.rungs", "evaluation.table")) {
      table();
    }
    if (usable("trainFinal.randomArchitectures", "trainFinal.seeds", "network")) {
      finals();
    }
    if (usable("predictor.splits", "predictor.compared", "predictor.kind")) {
      fits();
    }
    if (usable("search.objectives")
        && !at("search.objectives")
            .valueStream()
            .anyMatch(one -> one.asText().equals("accuracy"))) {
      problems.add("search.objectives must have accuracy among them.");
    }
    if (usable("budget.latency", "budget.latencyTable")
        && wantsLatency()
        && at("budget.latencyTable").isEmpty()) {
      problems.add(
          "latency is limited or an objective, but budget.latencyTable is empty: give the milliseconds of every operation, a list for every layer.");
    }
  }

  /** Every rung trains longer than the one before. */
  private void rungs() {
    int rungs = (int) number("evaluation.rungs");
    int epochs = (int) number("evaluation.epochs");
    double keep = at("evaluation.keep").asDouble();
    for (int rung = 1; rung < rungs; rung++) {
      if (RecipeSettings.epochsOfRung(rung, rungs, keep, epochs)
          <= RecipeSettings.epochsOfRung(rung - 1, rungs, keep, epochs)) {
        problems.add(
            "evaluation.rungs (%d) are too many for evaluation.epochs (%d): every rung must train longer than the one before. Use fewer rungs or more epochs."
                .formatted(rungs, epochs));
        return;
      }
    }
  }

  private void table() {
    if (!at("evaluation.table").asText().isEmpty() && number("evaluation.rungs") > 1) {
      problems.add(
          "evaluation.rungs (%d) train some networks further, but evaluation.table gives one accuracy for each: use 1 rung, or no table."
              .formatted(number("evaluation.rungs")));
    }
  }

  /** Their result is one document, which names an architecture for every training. */
  private void finals() {
    long random = number("trainFinal.randomArchitectures");
    long seeds = number("trainFinal.seeds");
    int layers = at("network.layers").size();
    long most = Math.min(FinalSettings.MOST_TRAININGS, FinalSettings.MOST_LAYERS / layers);
    if ((random + 1) * seeds > most) {
      problems.add(
          "trainFinal.randomArchitectures (%d) and trainFinal.seeds (%d) are %,d trainings, but of %d layers at most %,d can be compared: lower either, for example to %d random architectures."
              .formatted(
                  random,
                  seeds,
                  (random + 1) * seeds,
                  layers,
                  most,
                  Math.max(0, most / seeds - 1)));
    }
  }

  private void fits() {
    long splits = number("predictor.splits");
    int fits =
        PredictorSettings.fitsOfSplit(
            at("predictor.kind").asText(),
            at("predictor.compared").valueStream().map(JsonNode::asText).toList());
    if (splits * fits > PredictorSettings.MOST_FITS) {
      problems.add(
          "predictor.splits (%d) are %,d fits, %d each, but at most %,d can be compared: use at most %d splits, or compare fewer predictors."
              .formatted(
                  splits,
                  splits * fits,
                  fits,
                  PredictorSettings.MOST_FITS,
                  PredictorSettings.MOST_FITS / fits));
    }
  }

  private boolean wantsLatency() {
    return at("budget.latency").asDouble() > 0
        || at("search.objectives").valueStream().anyMatch(one -> one.asText().equals("latency"));
  }

  private void network() {
    int stride = 1;
    for (JsonNode layer : at("network.layers")) {
      stride *= layer.path("stride").asInt();
      if (layer.path("stride").asInt() == 2 && layer.path("channels").asInt() % 2 != 0) {
        problems.add(
            "network.layers: a layer of stride 2 needs an even number of channels, but one has %s."
                .formatted(layer.path("channels")));
      }
    }
    boolean isStrideKnown =
        broken.stream().noneMatch(path -> path.matches("network\\.layers\\.\\d+(\\.stride)?"));
    if (isStrideKnown
        && usable("evaluation.imageSize")
        && number("evaluation.imageSize") % stride != 0) {
      problems.add(
          "evaluation.imageSize (%d) must be a multiple of %d, what the strides of network.layers come to."
              .formatted(number("evaluation.imageSize"), stride));
    }
    long layers = at("network.layers").size();
    long operations = at("network.operations").size();
    JsonNode table = at("budget.latencyTable");
    if (usable("budget.latencyTable")
        && !table.isEmpty()
        && (table.size() != layers
            || !table.valueStream().allMatch(row -> row.size() == operations))) {
      problems.add(
          "budget.latencyTable must have %d lists, one for every layer, of %d numbers, one for every operation."
              .formatted(layers, operations));
    }
  }

  private void batchOfTheEvaluation() {
    if (usable("evaluation.batch", "evaluation.trainImages")) {
      long batch = number("evaluation.batch");
      long images = number("evaluation.trainImages");
      if (batch > images) {
        problems.add(
            ("evaluation.batch (%d) cannot exceed evaluation.trainImages (%d):"
                    + " lower evaluation.batch or raise evaluation.trainImages.")
                .formatted(batch, images));
      }
    }
  }

  private void cutout() {
    if (usable("evaluation.cutout", "evaluation.imageSize")) {
      long cutout = number("evaluation.cutout");
      long size = number("evaluation.imageSize");
      if (cutout >= size) {
        problems.add(
            ("evaluation.cutout (%d) must be smaller than evaluation.imageSize (%d),"
                    + " or nothing is left to see: use 0, or half the image.")
                .formatted(cutout, size));
      }
    }
  }

  private void prunePerEdge() {
    if (usable("search.prunePerEdge", "search.operators", "space")
        && SearchSpaces.named(at("space").asText()) instanceof PrunableSpace space) {
      long prune = number("search.prunePerEdge");
      boolean all = at("search.operators").asText().equals("all");
      int operators = space.supernet(all).labels(0).size();
      if (prune >= operators) {
        problems.add(
            ("search.prunePerEdge (%d) must be smaller than the number of operators on an edge (%d):"
                    + " use %s, the published setting.")
                .formatted(prune, operators, publishedPrunePerEdge(space)));
      }
    }
  }

  private void tableOfTheSpace() {
    if (usable("space", "evaluation.table")
        && at("space").asText().equals(DartsSpace.NAME)
        && !at("evaluation.table").asText().isEmpty()) {
      problems.add(
          "evaluation.table (%s) is a table of nas-bench-201, but space is %s: leave it empty."
              .formatted(at("evaluation.table").asText(), DartsSpace.NAME));
    }
  }

  private static JsonNode publishedPrunePerEdge(PrunableSpace space) {
    ObjectNode published = Presets.advised(TeNasSpecification.METHOD);
    Presets.choose(published, space.name());
    return published.at("/search/prunePerEdge");
  }

  private void nesterov() {
    if (usable("evaluation.nesterov", "evaluation.momentum")
        && at("evaluation.nesterov").asBoolean()
        && at("evaluation.momentum").asDouble() == 0) {
      problems.add(
          "evaluation.nesterov needs a momentum: set evaluation.momentum to 0.9, or evaluation.nesterov to false.");
    }
  }

  private boolean usable(String... paths) {
    return List.of(paths).stream().noneMatch(path -> isBroken(path));
  }

  private boolean isBroken(String path) {
    return broken.stream().anyMatch(one -> path.equals(one) || path.startsWith(one + "."));
  }

  private long number(String path) {
    return at(path).asLong();
  }

  private JsonNode at(String path) {
    return specification.at("/" + path.replace('.', '/'));
  }
}
