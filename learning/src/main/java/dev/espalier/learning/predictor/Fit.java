package dev.espalier.learning.predictor;

import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.statistics.Statistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One fit: its members one after another, from the beginning or from a checkpoint. */
final class Fit {
  private final ArchitectureEncoding encoding;
  private final GraphLayout layout;
  private final PredictorRecipe recipe;
  private final List<EncodedArchitecture> architectures;
  private final double[] accuracies;
  private final long seed;
  private final String stream;
  private final String subject;
  private final FitMonitor monitor;
  private final List<String> families;
  private final List<Model> finished = new ArrayList<>();
  private FitState state = FitState.START;
  private @Nullable NetworkFit training;

  /** What a checkpoint must agree with. */
  private record Subject(
      String space,
      PredictorRecipe recipe,
      List<String> architectures,
      List<Double> accuracies,
      String seed,
      String stream) {}

  Fit(
      ArchitectureEncoding encoding,
      PredictorRecipe recipe,
      TrainingRows rows,
      long seed,
      String stream,
      byte @Nullable [] checkpoint,
      FitMonitor monitor) {
    this.encoding = encoding;
    this.layout = encoding.layout();
    this.recipe = recipe;
    this.architectures = encoding.encode(rows.architectures());
    this.accuracies = rows.accuracies();
    this.seed = seed;
    this.stream = stream;
    this.monitor = monitor;
    this.families = Members.families(recipe);
    this.subject =
        Digest.of(
            new Subject(
                encoding.digest(),
                recipe,
                rows.architectures().stream().map(Architecture::canonical).toList(),
                Arrays.stream(accuracies).boxed().toList(),
                Long.toString(seed),
                stream));
    if (checkpoint != null) {
      resume(FitCheckpoint.decode(checkpoint, subject));
    }
  }

  private void resume(FitCheckpoint checkpoint) {
    state = checkpoint.state();
    finished.addAll(
        FittedPredictor.members(
            encoding, families.subList(0, state.member()), checkpoint.arrays()));
    Map<String, NamedArray> present = FittedPredictor.withPrefix("present.", checkpoint.arrays());
    NetworkFit begun = present.isEmpty() ? null : begun();
    if (begun != null) {
      begun.resume(present);
      training = begun;
    }
  }

  FitOutcome run() {
    while (state.member() < families.size()) {
      NetworkFit present = training == null ? begun() : training;
      training = present;
      if (!(present == null ? fitAtOnce(families.get(state.member())) : train(present))) {
        return new FitOutcome.Stopped(checkpoint(present == null ? state : present.state()));
      }
    }
    return new FitOutcome.Finished(
        new FittedPredictor(encoding, recipe.kind(), finished), state.losses());
  }

  /** False if it was stopped. */
  private boolean train(NetworkFit present) {
    if (!present.run()) {
      return false;
    }
    present.finish();
    state = present.state();
    finish(model(present.network()));
    return true;
  }

  private RandomStream random(String purpose) {
    return RandomStream.of(seed, stream, "member", state.member(), purpose);
  }

  /** The present member's training at its start; null if it has no steps. */
  private @Nullable NetworkFit begun() {
    return switch (families.get(state.member())) {
      case GraphModel.FAMILY -> {
        GraphNetwork network =
            new GraphNetwork(layout, recipe.embedding(), recipe.hidden(), recipe.blocks());
        network.initialize(random("weights"));
        yield training(network);
      }
      case PlainModel.FAMILY -> {
        PlainNetwork network =
            new PlainNetwork(
                layout.marks(),
                recipe.hidden(),
                (float) Statistics.mean(accuracies),
                (float) Math.max(1e-6, Statistics.standardDeviation(accuracies)));
        network.initialize(random("weights"));
        yield training(network);
      }
      default -> null;
    };
  }

  private NetworkFit training(PredictorNetwork network) {
    return new NetworkFit(
        recipe,
        network,
        architectures,
        accuracies,
        state,
        monitor,
        this::checkpoint,
        validationRows());
  }

  /** At least one row is left to train on. */
  private int[] validationRows() {
    int count =
        Math.min(
            accuracies.length - 1,
            Math.toIntExact(Math.round(recipe.validationShare() * accuracies.length)));
    return Arrays.copyOf(random("validation").permutation(accuracies.length), count);
  }

  private static Model model(PredictorNetwork network) {
    return switch (network) {
      case GraphNetwork graph -> new GraphModel(graph);
      case PlainNetwork plain -> new PlainModel(plain);
    };
  }

  /** Fits a member that has no steps; false if it was stopped before. */
  private boolean fitAtOnce(String family) {
    if (monitor.stop()) {
      return false;
    }
    Model model =
        family.equals(ForestModel.FAMILY)
            ? ForestModel.fit(architectures, accuracies, recipe.members(), random("trees"))
            : LinearModel.fit(layout, architectures, accuracies);
    double[] predictions = model.predict(architectures);
    double loss = 0;
    for (int i = 0; i < predictions.length; i++) {
      loss += (predictions[i] - accuracies[i]) * (predictions[i] - accuracies[i]);
    }
    state = state.afterEpoch(loss / predictions.length);
    finish(model);
    int epochs = state.losses().size();
    monitor.epoch(epochs, state.losses().getLast());
    if (monitor.checkpointDue(epochs, 0, 1)) {
      monitor.checkpoint(checkpoint(state), epochs, 0);
    }
    return true;
  }

  private void finish(Model model) {
    finished.add(model);
    training = null;
    state = state.nextMember();
  }

  private byte[] checkpoint(FitState at) {
    List<NamedArray> arrays = new ArrayList<>(FittedPredictor.arrays(finished));
    if (training != null) {
      for (NamedArray array : training.arrays()) {
        arrays.add(new NamedArray("present." + array.name(), array.shape(), array.values()));
      }
    }
    return FitCheckpoint.encode(subject, at, arrays);
  }
}
