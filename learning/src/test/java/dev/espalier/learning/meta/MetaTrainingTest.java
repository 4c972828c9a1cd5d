package dev.espalier.learning.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.CorruptCheckpoint;
import dev.espalier.search.failure.Diverged;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Meta-trainings of small models on made-up tasks. */
class MetaTrainingTest {
  private static final Torch TORCH = Torch.cpu();
  private static final ModelSizes SIZES = new ModelSizes(6, 8, 8);
  private static final MetaExamples TRAINING = new MadeUpExamples(0, 20, 6);
  private static final MetaExamples VALIDATION = new MadeUpExamples(20, 52, 6);

  private static MetaTrainingTask task(ModelKind kind, int epochs, double rate) {
    return new MetaTrainingTask(
        TORCH,
        MadeUpExamples.CELLS,
        kind,
        SIZES,
        new MetaRecipe(epochs, 4, rate, 0.5, 1),
        TRAINING,
        VALIDATION,
        7);
  }

  /** Stops before the given step of the given epoch, or amid the validation of one. */
  private static class Stopping implements MetaMonitor {
    private final int epoch;
    private final int step;
    private int asked;
    private int steps;
    private boolean stopped;
    private final List<byte[]> checkpoints = new ArrayList<>();
    private final List<MetaEpoch> epochs = new ArrayList<>();

    Stopping(int epoch, int step) {
      this.epoch = epoch;
      this.step = step;
    }

    @Override
    public boolean stop() {
      int at = epoch * 7 + step; // five steps and two batches of validation an epoch
      stopped = asked++ == at;
      return stopped;
    }

    @Override
    public void step(int inEpoch, int done, int stepsPerEpoch, double loss) {
      steps++;
    }

    @Override
    public boolean checkpointDue(int inEpoch, int done, int stepsPerEpoch) {
      return true;
    }

    @Override
    public void checkpoint(byte[] whole, int inEpoch, int inStep) {
      checkpoints.add(whole);
    }

    @Override
    public void epoch(MetaEpoch done) {
      epochs.add(done);
    }
  }

  @ParameterizedTest(name = "a {0}, stopped in epoch {1} before step {2}")
  @CsvSource({
    "GENERATOR, 10, 0",
    "GENERATOR, 2, 3",
    "GENERATOR, 1, 6",
    "PREDICTOR, 10, 0",
    "PREDICTOR, 2, 2"
  })
  void whatGoesOnFromACheckpointHasTheSameBits(ModelKind kind, int epoch, int step) {
    MetaTrainingTask task = task(kind, step == 0 ? 20 : epoch + 2, 0.02); // 20: 100 steps
    Stopping watcher = new Stopping(epoch, step);

    try (MetaTraining whole = MetaTraining.of(task, null, MetaMonitor.none());
        MetaTraining first = MetaTraining.of(task, null, watcher)) {
      assertThat(whole.run()).isTrue();
      assertThat(first.run()).isFalse();
      assertThat(watcher.steps).isEqualTo(epoch * 5 + Math.min(step, 5));
      try (MetaTraining second =
          MetaTraining.of(task, watcher.checkpoints.getLast(), MetaMonitor.none())) {
        assertThat(second.run()).isTrue();
        assertThat(second.epochs()).isEqualTo(whole.epochs());
        assertThat(second.bestEpoch()).isEqualTo(whole.bestEpoch());
        assertThat(second.last()).isEqualTo(whole.last());
        assertThat(second.best()).isEqualTo(whole.best());
        assertThat(second.checkpoint()).isEqualTo(whole.checkpoint());
      }
    }
  }

  @Test
  void aGeneratorLearnsWhichArchitecturesGoWithWhichImages() {
    try (MetaTraining training =
        MetaTraining.of(task(ModelKind.GENERATOR, 40, 0.01), null, MetaMonitor.none())) {
      training.run();
      MetaEpoch first = training.epochs().getFirst();
      MetaEpoch last = training.epochs().getLast();

      assertThat(last.loss()).isLessThan(0.4 * first.loss());
      assertThat(last.validation().keySet())
          .containsExactlyInAnyOrder(
              "loss", "reconstruction", "validity", "uniqueness", "novelty", "noveltyOfValid");
      assertThat(value(last, "validity"))
          .isGreaterThan(0.9)
          .isGreaterThan(value(first, "validity"));
      int best = 0;
      for (MetaEpoch each : training.epochs()) {
        best =
            value(each, "loss") < value(training.epochs().get(best), "loss")
                ? each.epoch() - 1
                : best;
      }
      assertThat(training.bestEpoch()).isEqualTo(best + 1);
    }
  }

  @Test
  void aPredictorLearnsToRank() {
    try (MetaTraining training =
        MetaTraining.of(task(ModelKind.PREDICTOR, 60, 0.01), null, MetaMonitor.none())) {
      training.run();
      MetaEpoch best = training.epochs().get(training.bestEpoch() - 1);

      assertThat(value(best, "pearson")).isGreaterThan(0.9);
      assertThat(value(best, "kendall")).isGreaterThan(0.6);
      try (MetaPredictorModel model =
          MetaPredictorModel.read(
              TORCH, MadeUpExamples.CELLS.topology(), "best", training.best())) {
        CodedGraph poor = MadeUpExamples.CELLS.topology().graph(2, 2, 2, 2, 2, 2);
        CodedGraph good = MadeUpExamples.CELLS.topology().graph(5, 5, 5, 5, 5, 5);
        List<SetDraw> draws = List.of(VALIDATION.draw(0, RandomStream.of(1, "a")));
        double[] scores = model.score(draws, List.of(poor, good));
        assertThat(scores[1]).isGreaterThan(scores[0]);
        assertThat(model.scale().accuracy(scores[1])).isBetween(0.6, 0.9);
      }
    }
  }

  private static double value(MetaEpoch epoch, String name) {
    return Objects.requireNonNull(epoch.validation().get(name), name);
  }

  @Test
  void aModelOfGraphsAloneReadsNoImages() {
    MetaTrainingTask task =
        new MetaTrainingTask(
            TORCH,
            MadeUpExamples.CELLS,
            ModelKind.PREDICTOR,
            new ModelSizes(0, 8, 8),
            new MetaRecipe(40, 4, 0.01, 0.1, 10),
            TRAINING,
            VALIDATION,
            1);
    try (MetaTraining training = MetaTraining.of(task, null, MetaMonitor.none())) {
      training.run();

      assertThat(value(training.epochs().getLast(), "pearson")).isGreaterThan(0.9);
    }
  }

  @ParameterizedTest
  @EnumSource(ModelKind.class)
  void noStepLeavesAnythingBehind(ModelKind kind) {
    List<Integer> live = new ArrayList<>();
    Stopping watcher =
        new Stopping(9, 0) {
          @Override
          public void step(int inEpoch, int done, int stepsPerEpoch, double loss) {
            live.add(TORCH.liveTensors());
          }
        };
    try (MetaTraining training = MetaTraining.of(task(kind, 2, 0.01), null, watcher)) {
      training.run();
    }

    assertThat(live).hasSize(10).containsOnly(live.getFirst());
  }

  @Test
  void theRateFallsWhereTheLossStandsStill() {
    MetaRecipe recipe = new MetaRecipe(9, 1, 0.1, 0.5, 2);
    Plateau plateau = Plateau.start(recipe);
    List<Double> rates = new ArrayList<>();
    for (double loss : new double[] {5, 4, 4, 4, 3.9999, 4, 4, 2, 2, 2, 2}) {
      plateau = plateau.after(loss, recipe);
      rates.add(plateau.rate());
    }
    // torch.optim.lr_scheduler.ReduceLROnPlateau(factor=0.5, patience=2) on the same losses
    assertThat(rates)
        .containsExactly(0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.025);
  }

  @ParameterizedTest
  @EnumSource(ModelKind.class)
  void aCheckpointOfAnotherTrainingOrADamagedOneIsRefused(ModelKind kind) {
    Stopping watcher = new Stopping(0, 2);
    try (MetaTraining training = MetaTraining.of(task(kind, 2, 0.01), null, watcher)) {
      training.run();
    }
    byte[] whole = watcher.checkpoints.getLast();
    byte[] damaged = whole.clone();
    damaged[damaged.length - 9] ^= 1;

    assertThatThrownBy(() -> MetaTraining.of(task(kind, 2, 0.02), whole, MetaMonitor.none()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("another training");
    assertThatThrownBy(() -> MetaTraining.of(task(kind, 2, 0.01), damaged, MetaMonitor.none()))
        .isInstanceOf(CorruptCheckpoint.class);
  }

  @Test
  void aLossWithoutEndIsTold() {
    try (MetaTraining training =
        MetaTraining.of(task(ModelKind.GENERATOR, 200, 1), null, MetaMonitor.none())) {
      assertThatThrownBy(training::run)
          .isInstanceOf(Diverged.class)
          .hasMessageContaining("meta-training the generator")
          .hasMessageContaining("learningRate");
    }
  }

  @Test
  void aRecipeThatTrainsNothingIsRefused() {
    assertThatThrownBy(() -> new MetaRecipe(0, 4, 2, 0.1, 1))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("epochs 0")
        .hasMessageContaining("learningRate 2.0");
    assertThatThrownBy(() ->
            new MetaTrainingTask(
                TORCH,
                MadeUpExamples.CELLS,
                ModelKind.GENERATOR,
                SIZES,
                MetaRecipe.PUBLISHED,
                new MadeUpExamples(0, 0, 6),
                VALIDATION,
                0))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("no row");
  }
}
