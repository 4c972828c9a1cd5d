package dev.espalier.learning.predictor;

import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One fit: its members one after another, from the beginning or from a checkpoint. */
final class Fit {
  private final StructuredEncoding encoding;
  private final PredictorRecipe recipe;
  private final FitRows rows;
  private final long seed;
  private final String stream;
  private final String subject;
  private final FitMonitor monitor;
  private final List<Family> families;
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

  private record SubjectWithColumns(
      Subject subject, List<String> columns, List<List<Float>> numbers) {}

  Fit(
      StructuredEncoding encoding,
      PredictorRecipe recipe,
      TrainingRows rows,
      long seed,
      String stream,
      byte @Nullable [] checkpoint,
      FitMonitor monitor) {
    this.encoding = encoding;
    this.recipe = recipe;
    this.rows =
        new FitRows(encoding.layout(), encoding.encode(rows.architectures()), rows.accuracies());
    this.seed = seed;
    this.stream = stream;
    this.monitor = monitor;
    this.families = PredictorKind.labelled(recipe.kind()).members(recipe);
    this.subject =
        subject(
            rows,
            new Subject(
                encoding.digest(),
                recipe,
                rows.architectures().stream().map(Architecture::canonical).toList(),
                Arrays.stream(rows.accuracies()).boxed().toList(),
                Long.toString(seed),
                stream));
    if (checkpoint != null) {
      resume(FitCheckpoint.decode(checkpoint, subject));
    }
  }

  /** Rows without columns are named as they were before there were any. */
  private static String subject(TrainingRows rows, Subject subject) {
    Columns columns = rows.columns();
    if (columns.isEmpty()) {
      return Digest.of(subject);
    }
    List<List<Float>> numbers = new ArrayList<>();
    for (Architecture architecture : rows.architectures()) {
      List<Float> row = new ArrayList<>();
      for (float number : columns.of(architecture)) {
        row.add(number);
      }
      numbers.add(row);
    }
    return Digest.of(new SubjectWithColumns(subject, columns.names(), numbers));
  }

  private void resume(FitCheckpoint checkpoint) {
    state = checkpoint.state();
    finished.addAll(
        FittedPredictor.members(
            encoding, families.subList(0, state.member()), checkpoint.arrays()));
    Map<String, NamedArray> present = FittedPredictor.withPrefix("present.", checkpoint.arrays());
    if (!present.isEmpty() && start() instanceof Family.Start.BySteps(PredictorNetwork network)) {
      NetworkFit begun = training(network);
      begun.resume(present);
      training = begun;
    }
  }

  FitOutcome run() {
    while (state.member() < families.size()) {
      if (!fitMember()) {
        return new FitOutcome.Stopped(checkpoint(training == null ? state : training.state()));
      }
    }
    return new FitOutcome.Finished(
        new FittedPredictor(encoding, recipe.kind(), finished), state.losses());
  }

  /** False if it was stopped. */
  private boolean fitMember() {
    NetworkFit present = training;
    if (present != null) {
      return train(present);
    }
    return switch (start()) {
      case Family.Start.BySteps(PredictorNetwork network) -> {
        NetworkFit begun = training(network);
        training = begun;
        yield train(begun);
      }
      case Family.Start.AtOnce(Supplier<Model> fit) -> fitAtOnce(fit);
    };
  }

  private Family.Start start() {
    return families.get(state.member()).fitting().start(rows, recipe, this::random);
  }

  /** False if it was stopped. */
  private boolean train(NetworkFit present) {
    if (!present.run()) {
      return false;
    }
    present.finish();
    state = present.state();
    finish(present.network().model());
    return true;
  }

  private RandomStream random(String purpose) {
    return RandomStream.of(seed, stream, "member", state.member(), purpose);
  }

  private NetworkFit training(PredictorNetwork network) {
    return new NetworkFit(
        recipe, network, rows, state, monitor, this::checkpoint, validationRows());
  }

  /** At least one row is left to train on. */
  private int[] validationRows() {
    int count =
        Math.min(
            rows.size() - 1, Math.toIntExact(Math.round(recipe.validationShare() * rows.size())));
    return Arrays.copyOf(random("validation").permutation(rows.size()), count);
  }

  /** Fits a member that has no steps; false if it was stopped before. */
  private boolean fitAtOnce(Supplier<Model> fit) {
    if (monitor.stop()) {
      return false;
    }
    Model model = fit.get();
    double[] accuracies = rows.accuracies();
    double[] predictions = model.predict(rows.architectures());
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
