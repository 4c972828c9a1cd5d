package dev.espalier.api;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.pruning.Candidate;
import dev.espalier.search.pruning.Effect;
import dev.espalier.search.pruning.PruningRound;
import dev.espalier.search.pruning.PruningRule;
import dev.espalier.search.pruning.PruningState;
import dev.espalier.search.pruning.RankingMode;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.space.nasbench201.NetworkCost;
import dev.espalier.search.space.nasbench201.NetworkShape;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.store.DatasetContents;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.EvaluationDocument;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.StageProgress;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import dev.espalier.workflows.method.tenas.PruneResult;
import dev.espalier.workflows.method.tenas.RoundView;
import dev.espalier.workflows.method.tenas.TeNasResult;
import dev.espalier.workflows.method.tenas.TeNasResult.Indicator;
import dev.espalier.workflows.method.tenas.TeNasResult.Trained;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plants experiments in a store, as the stages of TE-NAS would leave them behind: the rounds are
 * decided by the real rule, from made-up measurements.
 */
final class Garden {
  static final String DATA_DIGEST = Digest.sha256("cifar10-sample");
  static final String WEIGHTS = "trained weights of the found cell";

  /** {@code sha256sum} of {@link #WEIGHTS}. */
  static final String WEIGHTS_SHA =
      "56acb1548aa44a1e5d821a6c00b81a04bc5077bf6371bec86f718d5bfb36d61e";

  private final Store store;

  Garden(Store store) {
    this.store = store;
  }

  /** How far an experiment has grown. */
  enum Growth {
    QUEUED,
    PRUNING,
    TRAINING,
    FAILED,
    COMPLETED
  }

  /** One experiment of each kind, and two data sets. */
  void plantAll() {
    plantData("cifar10-sample", DatasetDocument.IMAGES, 3, 4_000, 1_000);
    plantData("nas-bench-201", DatasetDocument.TABLE, 0, 15_625, 0);
    plant("te-nas-k7m2qd", 3, Growth.COMPLETED);
    plant("te-nas-w4x9bn", 1, Growth.FAILED);
    plant("te-nas-p3f8ha", 2, Growth.TRAINING);
    plant("te-nas-c9t5ru", 0, Growth.PRUNING);
    plant("te-nas-z2v6gj", 4, Growth.QUEUED);
    EvolutionGarden evolution = new EvolutionGarden(store);
    evolution.plant("gnn-evolution-h8n3wd", 5, EvolutionGarden.Growth.COMPLETED);
    evolution.plant("gnn-evolution-b5k2xs", 6, EvolutionGarden.Growth.TRAINING);
  }

  void plantData(String name, String kind, int channels, int train, int test) {
    store
        .datasets()
        .put(
            new DatasetDocument(
                Digest.sha256(name),
                name,
                kind,
                new DatasetContents(channels, 32, 32, 10, List.of(), train, test),
                Digest.sha256("bytes of " + name),
                "cifar10",
                Instant.now()));
  }

  ExperimentDocument plant(String id, long seed, Growth growth) {
    TeNasSpecification specification =
        TeNasSpecification.preset(
            "quick", Map.of("data", "cifar10-sample", "seed", Long.toString(seed)));
    Planting planting = Planting.launched(store, id, specification);
    if (growth != Growth.QUEUED) {
      grow(planting, specification, growth);
    }
    return store.experiments().find(id).orElseThrow();
  }

  private void grow(Planting planting, TeNasSpecification specification, Growth growth) {
    planting.start(DATA_DIGEST);

    String prune = planting.claim("prune");
    RandomStream stream = RandomStream.of(specification.seed(), "garden");
    int rounds = growth == Growth.PRUNING ? 2 : 3;
    PruningState state = PruningState.start(NasBench201.SPACE.supernet(false));
    List<PruneResult.Round> summaries = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      PruningRound round = round(state, stream);
      store.measurements().record(prune, i, "round", CanonicalJson.of(view(round, stream)));
      List<String> removed =
          round.removed().stream().map(each -> each.edge() + ":" + each.operator()).toList();
      summaries.add(new PruneResult.Round(i, removed, 0, false));
      planting.note(
          "round/" + i,
          "round",
          "Round %d removed %s".formatted(i + 1, String.join(", ", removed)));
      state = round.after();
    }
    store.stages().addAttempt(prune, "one");
    if (growth == Growth.PRUNING) {
      store.stages().addAttempt(prune, "two");
      store.stages().addRecovery(prune, "two");
      planting.note(
          "recovered",
          "recovered",
          "A worker died; its chunk of measurements was taken up again after 11 s");
      store.stages().progress(prune, new StageProgress(2, 3, 22, 39, "measurements", null));
      return;
    }
    String architecture = state.mask().architecture().canonical();
    planting.finish("prune", CanonicalJson.of(new PruneResult(architecture, summaries)), 74.2);
    train(planting, specification, architecture, growth, stream);
  }

  private void train(
      Planting planting,
      TeNasSpecification specification,
      String found,
      Growth growth,
      RandomStream stream) {
    String key = planting.claim("evaluate");
    List<String> architectures = new ArrayList<>(List.of(found));
    while (architectures.size() < 4) {
      architectures.add(NasBench201.SPACE.random(stream).canonical());
    }
    List<Evaluated> evaluated = new ArrayList<>();
    String weights =
        store.artifacts().put(WEIGHTS.getBytes(StandardCharsets.UTF_8), "weights", Map.of());
    List<Map<String, String>> trainings = new ArrayList<>();
    for (int i = 0; i < architectures.size(); i++) {
      String evaluation = Digest.sha256(planting.id() + architectures.get(i) + i);
      String role = i == 0 ? EvaluateResult.FOUND : EvaluateResult.RANDOM;
      trainings.add(
          Map.of("evaluationId", evaluation, "architecture", architectures.get(i), "role", role));
      boolean done = growth == Growth.COMPLETED || i == 0;
      double reached = curves(key, evaluation, i, done ? 8 : 5, stream);
      if (done) {
        double test = reached - 0.012 + 0.01 * stream.nextDouble();
        store
            .evaluations()
            .record(
                new EvaluationDocument(
                    evaluation,
                    specification.space(),
                    architectures.get(i),
                    DATA_DIGEST,
                    "{}",
                    specification.seed(),
                    Map.of("validationAccuracy", reached, "testAccuracy", test),
                    List.of(weights),
                    31.5,
                    Planting.NUMERIC_CLASS,
                    Instant.now()));
        evaluated.add(
            new Evaluated(
                evaluation,
                architectures.get(i),
                role,
                specification.seed(),
                reached,
                test,
                1.2,
                weights));
      }
    }
    store.measurements().record(key, 0, "round", CanonicalJson.of(Map.of("trainings", trainings)));
    planting.note("training", "round", "Training 4 architectures the same way");
    store.stages().progress(key, new StageProgress(0, 1, evaluated.size(), 4, "trainings", null));
    switch (growth) {
      case COMPLETED -> complete(planting, found, evaluated);
      case FAILED -> {
        String reason =
            "Training of |nor_conv_3x3~0|+|skip_connect~0|none~1|+|none~0|none~1|avg_pool_3x3~2| was "
                + "lost five times without progress, the last time when its worker (pid 41210) was killed by "
                + "signal 9.\nMost likely the machine ran out of memory: "
                + "lower evaluation.batch, or start fewer slots.";
        planting.update("evaluate", StageState.FAILED, reason);
        store.experiments().updateState(planting.id(), ExperimentState.NEEDS_ATTENTION, reason);
        planting.note(
            "failed",
            "failed",
            "Stage evaluate failed: a training was lost five times without progress");
      }
      default -> {}
    }
  }

  private double curves(String key, String evaluation, int which, int epochs, RandomStream stream) {
    double reached = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      reached =
          0.1
              + (0.43 - which * 0.035) * (1 - StrictMath.exp(-(epoch + 1) / 2.8))
              + 0.008 * stream.nextGaussian();
      double loss =
          1.15 + 1.2 * StrictMath.exp(-epoch / 2.2) + which * 0.06 + 0.02 * stream.nextGaussian();
      store.measurements().append(key, 0, "validation-" + evaluation, epoch, reached);
      store.measurements().append(key, 0, "loss-" + evaluation, epoch, loss);
    }
    return reached;
  }

  private void complete(Planting planting, String found, List<Evaluated> evaluated) {
    planting.finish("evaluate", CanonicalJson.of(new EvaluateResult(evaluated)), 128.6);
    Cost cost = NetworkCost.of(Cell.parse(found), NetworkShape.STANDARD);
    List<Trained> random =
        evaluated.stream()
            .skip(1)
            .map(each -> new Trained(each.architecture(), accuracy(each)))
            .toList();
    TeNasResult result =
        new TeNasResult(
            found,
            cost.parameters(),
            cost.macs(),
            Map.of(
                "ntk", new Indicator(24.8, 1.9, List.of(23.1, 24.4, 26.9)),
                "regions", new Indicator(1_204.0, 88.0, List.of(1_120.0, 1_196.0, 1_296.0))),
            accuracy(evaluated.getFirst()),
            random,
            0.437,
            0.031,
            Map.of());
    String json = CanonicalJson.of(result);
    planting.complete(json);
  }

  private static Accuracy accuracy(Evaluated evaluated) {
    return new Accuracy(
        java.util.Objects.requireNonNull(evaluated.validationAccuracy()),
        java.util.Objects.requireNonNull(evaluated.testAccuracy()));
  }

  private static PruningRound round(PruningState state, RandomStream stream) {
    Map<Integer, List<Effect>> effects = new HashMap<>();
    for (Candidate candidate : state.candidates()) {
      double worth =
          switch (Operator.parse(candidate.operator())) {
            case NOR_CONV_3X3 -> 0.7;
            case NOR_CONV_1X1 -> 0.5;
            case SKIP_CONNECT -> 0.35;
            default -> 0;
          };
      double condition = 60 * (1 + 0.8 * (worth - 0.45) + 0.28 * stream.nextGaussian());
      double regions = 1_500 * (1 - 0.16 * worth + 0.045 * stream.nextGaussian());
      boolean singular = state.round() == 1 && candidate.number() == 7;
      Effect effect = new Effect(60.0, singular ? null : Math.max(4, condition), 1_500, regions);
      effects.put(candidate.number(), List.of(effect));
    }
    return new PruningRule(RankingMode.EXACT, 1).decide(state, effects);
  }

  private static RoundView view(PruningRound round, RandomStream stream) {
    return new RoundView(
        round.before().round(),
        round.before().mask().canonical(),
        round.ranked().stream()
            .map(each ->
                new RoundView.CandidateView(
                    each.candidate().number(),
                    each.candidate().edge(),
                    each.candidate().operator(),
                    each.conditionDelta(),
                    each.regionDelta(),
                    each.conditionRank(),
                    each.regionRank(),
                    each.singular()))
            .toList(),
        round.removed().stream().map(Candidate::number).toList(),
        round.after().mask().canonical(),
        new RoundView.Unpruned(
            List.of(60 + stream.nextGaussian(), 61.0), List.of(1_500.0, 1_480.0), false));
  }
}
