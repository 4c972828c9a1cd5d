package dev.espalier.learning.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.CorruptCheckpoint;
import dev.espalier.search.failure.Diverged;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.ParallelSpace;
import dev.espalier.search.statistics.Statistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What every kind of predictor must do. */
class PredictorsTest {
  static final List<String> KINDS = Predictors.kinds();

  /** Those whose members are fitted at once, and how many there are. */
  private static final Map<String, Integer> WITHOUT_STEPS =
      Map.of("forest", 1, "gaussian-process", 1, "blend", 3);

  /** Nothing in them is drawn. */
  private static final Set<String> WITHOUT_SEED = Set.of("gaussian-process", "blend");

  private static final ParallelSpace SPACE = ParallelSpace.PUBLISHED;
  private static final Torch TORCH = Torch.cpu();

  /** Architectures with more operations are better, and one operation above all. */
  private static TrainingRows rows(int count) {
    RandomStream stream = RandomStream.of(7, "rows");
    List<Architecture> architectures = new ArrayList<>();
    double[] accuracies = new double[count];
    for (int i = 0; i < count; i++) {
      architectures.add(SPACE.random(stream));
      int score = 0;
      for (boolean bit : SPACE.bits(SPACE.parse(architectures.get(i).canonical()))) {
        score += bit ? 1 : 0;
      }
      int favourite = architectures.get(i).canonical().split("sep5", -1).length - 1;
      accuracies[i] = 0.5 + 0.002 * score + 0.01 * favourite;
    }
    return new TrainingRows(architectures, accuracies);
  }

  private static PredictorRecipe recipe(String kind, int epochs, double share) {
    return new PredictorRecipe(kind, epochs, 5e-3, 8, 6, 2, 3, share, 0, 2);
  }

  private static FitOutcome fit(
      PredictorRecipe recipe,
      TrainingRows rows,
      long seed,
      byte @Nullable [] checkpoint,
      FitMonitor monitor) {
    return Predictors.fit(TORCH, SPACE, recipe, rows, seed, "fit", checkpoint, monitor);
  }

  private static FitOutcome.Finished finished(
      PredictorRecipe recipe, TrainingRows rows, long seed) {
    return (FitOutcome.Finished) fit(recipe, rows, seed, null, FitMonitor.none());
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void learnsToRankArchitecturesThatItHasNotSeen(String kind) {
    TrainingRows all = rows(120);
    int[] trained = IntStream.range(0, 90).toArray();
    int[] heldOut = IntStream.range(90, 120).toArray();
    TrainingRows test = all.select(heldOut);
    PredictorRecipe recipe =
        new PredictorRecipe(kind, 40, 5e-3, 16, 12, 3, 3, 0.1, 0, kind.equals("forest") ? 50 : 2);

    Predictor predictor = finished(recipe, all.select(trained), 1).predictor();

    double tau = Statistics.kendallTau(predictor.predict(test.architectures()), test.accuracies());
    assertThat(tau).isGreaterThan(kind.equals("forest") ? 0.35 : 0.7);
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void stoppedAnywhereAndContinuedGivesTheSameBytes(String kind) {
    TrainingRows rows = rows(11);
    PredictorRecipe recipe = recipe(kind, 3, 0.2);
    FitOutcome.Finished undisturbed = finished(recipe, rows, 3);
    int stopped = 0;

    for (int at = 0; ; at++) {
      if (!(fit(recipe, rows, 3, null, FitStop.at(at)) instanceof FitOutcome.Stopped once)) {
        break;
      }
      FitOutcome again = fit(recipe, rows, 3, once.checkpoint(), FitStop.at(1));
      FitOutcome outcome =
          again instanceof FitOutcome.Stopped twice
              ? fit(recipe, rows, 3, twice.checkpoint(), FitMonitor.none())
              : again;
      FitOutcome.Finished end = (FitOutcome.Finished) outcome;
      assertThat(end.predictor().save())
          .as("stopped before step %d", at)
          .isEqualTo(undisturbed.predictor().save());
      assertThat(end.losses()).isEqualTo(undisturbed.losses());
      stopped++;
    }

    assertThat(stopped).isGreaterThanOrEqualTo(WITHOUT_STEPS.getOrDefault(kind, 9));
  }

  /** A hundred steps, for those that are trained by steps. */
  @ParameterizedTest
  @FieldSource("KINDS")
  void halfOfTheStepsARestartAndTheOtherHalfGiveTheSameBytes(String kind) {
    TrainingRows rows = rows(12);
    PredictorRecipe recipe = recipe(kind, 25, 0);
    FitStop counting = FitStop.at(Integer.MAX_VALUE);
    FitOutcome.Finished undisturbed = (FitOutcome.Finished) fit(recipe, rows, 3, null, counting);
    int half = counting.asked().get() / 2;

    FitOutcome.Stopped stopped = (FitOutcome.Stopped) fit(recipe, rows, 3, null, FitStop.at(half));
    FitStop rest = FitStop.at(Integer.MAX_VALUE);
    FitOutcome.Finished end =
        (FitOutcome.Finished) fit(recipe, rows, 3, stopped.checkpoint(), rest);

    assertThat(end.predictor().save()).isEqualTo(undisturbed.predictor().save());
    assertThat(end.losses()).isEqualTo(undisturbed.losses());
    assertThat(rest.asked().get()).isEqualTo(counting.asked().get() - half);
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void moreRowsAreTakenAsWell(String kind) {
    for (int count : new int[] {2, 3, 17, 150}) {
      TrainingRows rows = rows(count);

      assertThat(finished(recipe(kind, 2, 0.2), rows, 5).predictor().predict(rows.architectures()))
          .hasSize(count)
          .matches(each -> Arrays.stream(each).allMatch(Double::isFinite), "all are finite");
    }
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void tiesAreTakenAsWell(String kind) {
    TrainingRows rows = rows(20);
    double[] tied = new double[20];
    Arrays.fill(tied, 0.75);
    List<Architecture> twice = new ArrayList<>(rows.architectures().subList(0, 10));
    twice.addAll(rows.architectures().subList(0, 10));

    for (List<Architecture> architectures : List.of(rows.architectures(), twice)) {
      TrainingRows all = new TrainingRows(architectures, tied);
      assertThat(finished(recipe(kind, 3, 0.2), all, 5).predictor().predict(architectures))
          .matches(each -> Arrays.stream(each).allMatch(Double::isFinite), "all are finite");
    }
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void oneArchitectureOrNoneIsPredictedToo(String kind) {
    Predictor predictor = finished(recipe(kind, 2, 0), rows(20), 5).predictor();

    assertThat(predictor.predict(rows(1000).architectures().subList(999, 1000))).hasSize(1);
    assertThat(predictor.predict(List.of())).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void architecturesOfAnotherSpaceAreRefused(String kind) {
    Predictor predictor = finished(recipe(kind, 1, 0), rows(10), 3).predictor();
    List<Architecture> cells = List.of(NasBench201.SPACE.random(RandomStream.of(0)));

    assertThatThrownBy(() -> predictor.predict(cells))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("is not in the space");
    assertThatThrownBy(() -> Predictors.load(TORCH, NasBench201.SPACE, predictor.save()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("another space");
    assertThatThrownBy(() -> Predictors.load(TORCH, DartsSpace.SPACE, predictor.save()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("predictors know the space");
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void thePublishedRecipeIsOfItsKind(String kind) {
    assertThat(PredictorRecipe.published(kind).kind()).isEqualTo(kind);
  }

  @Test
  void oneRowIsTooFewToFit() {
    assertThatThrownBy(() -> rows(1))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("at least 2");
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void checkpointsWrittenOnTheWayContinueToTheSameBytes(String kind) {
    TrainingRows rows = rows(10);
    PredictorRecipe recipe = recipe(kind, 2, 0);
    List<byte[]> checkpoints = new ArrayList<>();
    FitMonitor keeping =
        new FitMonitor() {
          @Override
          public boolean stop() {
            return false;
          }

          @Override
          public boolean checkpointDue(int epoch, int step, int stepsPerEpoch) {
            return true;
          }

          @Override
          public void checkpoint(byte[] whole, int epoch, int step) {
            checkpoints.add(whole);
          }

          @Override
          public void epoch(int epoch, double loss) {}
        };
    FitOutcome.Finished undisturbed = (FitOutcome.Finished) fit(recipe, rows, 3, null, keeping);

    for (byte[] checkpoint : checkpoints) {
      FitOutcome.Finished end =
          (FitOutcome.Finished) fit(recipe, rows, 3, checkpoint, FitMonitor.none());
      assertThat(end.predictor().save()).isEqualTo(undisturbed.predictor().save());
    }
    assertThat(checkpoints).isNotEmpty();
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void savedAndLoadedPredictsTheSameBits(String kind) {
    Predictor predictor = finished(recipe(kind, 2, 0), rows(20), 5).predictor();
    List<Architecture> asked = rows(50).architectures();

    Predictor loaded = Predictors.load(TORCH, SPACE, predictor.save());

    assertThat(loaded.kind()).isEqualTo(kind);
    assertThat(loaded.predict(asked)).containsExactly(predictor.predict(asked));
    assertThat(loaded.save()).isEqualTo(predictor.save());
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void anArchitectureGetsTheSameBitsInEveryBatch(String kind) {
    Predictor predictor = finished(recipe(kind, 2, 0), rows(20), 5).predictor();
    List<Architecture> asked = rows(40).architectures();
    double[] together = predictor.predict(asked);

    for (int i = 0; i < asked.size(); i++) {
      assertThat(predictor.predict(List.of(asked.get(i)))).containsExactly(together[i]);
    }
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void estimatesSayWhatIsPredictedAndHowSurely(String kind) {
    Predictor predictor = finished(recipe(kind, 2, 0), rows(20), 5).predictor();
    List<Architecture> asked = rows(60).architectures();
    List<Estimate> estimates = predictor.estimate(asked);

    assertThat(estimates.stream().mapToDouble(Estimate::mean).toArray())
        .containsExactly(predictor.predict(asked));
    assertThat(estimates)
        .extracting(Estimate::standardDeviation)
        .allMatch(deviation -> deviation >= 0 && Double.isFinite(deviation));
    assertThat(estimates.stream().allMatch(each -> each.standardDeviation() == 0))
        .as("nothing is known of how sure it is")
        .isEqualTo(predictor.uncertainty() == Uncertainty.UNKNOWN);
    assertThat(Predictors.load(TORCH, SPACE, predictor.save()).estimate(asked))
        .isEqualTo(estimates);
    assertThat(predictor.estimate(asked.subList(7, 8))).containsExactly(estimates.get(7));
    assertThat(predictor.estimate(List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "gnn, UNKNOWN",
    "mlp, UNKNOWN",
    "forest, TREES",
    "ensemble, MEMBERS",
    "neural-predictor, UNKNOWN",
    "neural-classifier, UNKNOWN",
    "gaussian-process, POSTERIOR",
    "blend, MEMBERS"
  })
  void deviationsAreMadeOf(String kind, Uncertainty expected) {
    assertThat(finished(recipe(kind, 1, 0), rows(10), 5).predictor().uncertainty())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void anotherSeedGivesAnotherPredictorWhereSomethingIsDrawn(String kind) {
    TrainingRows rows = rows(20);
    byte[] one = finished(recipe(kind, 2, 0), rows, 5).predictor().save();
    byte[] other = finished(recipe(kind, 2, 0), rows, 6).predictor().save();

    assertThat(Arrays.equals(other, one)).isEqualTo(WITHOUT_SEED.contains(kind));
  }

  @Test
  void theBestEpochIsChosenOnRowsThatAreNotTrainedOn() {
    TrainingRows rows = rows(30);
    double[] spoilt = rows.accuracies();
    int[] held =
        Arrays.copyOf(RandomStream.of(5, "fit", "member", 0, "validation").permutation(30), 9);
    for (int row : held) {
      spoilt[row] = 1 - spoilt[row];
    }
    PredictorRecipe recipe = recipe("gnn", 4, 0.3);

    FitOutcome.Finished plain = finished(recipe, rows, 5);
    FitOutcome.Finished other = finished(recipe, new TrainingRows(rows.architectures(), spoilt), 5);

    assertThat(other.losses()).as("training does not see them").isEqualTo(plain.losses());
    assertThat(other.predictor().save())
        .as("the choice of the epoch does")
        .isNotEqualTo(plain.predictor().save());
  }

  @Test
  void patienceEndsAFitThatNoLongerImproves() {
    PredictorRecipe recipe = new PredictorRecipe("mlp", 400, 2e-2, 8, 6, 2, 3, 0.2, 5, 1);

    assertThat(finished(recipe, rows(30), 5).losses()).hasSizeLessThan(400);
  }

  @ParameterizedTest
  @CsvSource({"0", "64", "70", "3000", "-1"})
  void aCheckpointWithAChangedByteIsCorrupt(int place) {
    TrainingRows rows = rows(10);
    FitOutcome.Stopped stopped =
        (FitOutcome.Stopped) fit(recipe("gnn", 3, 0), rows, 3, null, FitStop.at(2));
    byte[] checkpoint = stopped.checkpoint();
    checkpoint[Math.floorMod(place, checkpoint.length)] ^= 1;

    assertThatThrownBy(() -> fit(recipe("gnn", 3, 0), rows, 3, checkpoint, FitMonitor.none()))
        .isInstanceOf(CorruptCheckpoint.class);
    assertThatThrownBy(() ->
            fit(recipe("gnn", 3, 0), rows, 3, Arrays.copyOf(checkpoint, 40), FitMonitor.none()))
        .isInstanceOf(CorruptCheckpoint.class);
  }

  @Test
  void theCheckpointOfAnotherFitIsRefused() {
    TrainingRows rows = rows(10);
    PredictorRecipe recipe = recipe("gnn", 3, 0);
    byte[] checkpoint =
        ((FitOutcome.Stopped) fit(recipe, rows, 3, null, FitStop.at(2))).checkpoint();

    assertThatThrownBy(() -> fit(recipe, rows, 4, checkpoint, FitMonitor.none()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("another fit");
    assertThatThrownBy(() -> fit(recipe, rows(11), 3, checkpoint, FitMonitor.none()))
        .isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> fit(recipe("gnn", 4, 0), rows, 3, checkpoint, FitMonitor.none()))
        .isInstanceOf(InvalidInput.class);
  }

  @Test
  void aPredictorIsOfOneShapeAndOfParallelSpacesOnly() {
    byte[] saved = finished(recipe("gnn", 1, 0), rows(10), 3).predictor().save();
    ParallelSpace smaller =
        new ParallelSpace(
            new MacroShape(
                16,
                MacroShape.PUBLISHED.layers().subList(0, 4),
                MacroShape.PUBLISHED.operations(),
                1280));

    assertThatThrownBy(() -> Predictors.load(TORCH, smaller, saved))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("another space");
    assertThatThrownBy(() -> Predictors.load(TORCH, NasBench201.SPACE, saved))
        .isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> Predictors.load(TORCH, SPACE, new byte[100]))
        .isInstanceOf(CorruptCheckpoint.class);
    assertThatThrownBy(() ->
            Predictors.load(TORCH, SPACE, saved)
                .predict(List.of(smaller.random(RandomStream.of(0)))))
        .isInstanceOf(InvalidInput.class);
  }

  @Test
  void anInfiniteOrUndefinedLossEndsTheFitWithDiverged() {
    PredictorRecipe recipe = new PredictorRecipe("mlp", 50, 1e30, 8, 6, 2, 3, 0, 0, 1);

    assertThatThrownBy(() -> finished(recipe, rows(10), 3)).isInstanceOf(Diverged.class);
  }

  @Test
  void aRecipeNamesAllItsProblemsAtOnce() {
    assertThatThrownBy(() -> new PredictorRecipe("gnm", 0, -1, 128, 54, 5, 1, 0.1, 0, 1))
        .isInstanceOfSatisfying(InvalidInput.class, e -> assertThat(e.problems()).hasSize(3))
        .hasMessageContaining("Did you mean gnn?");
    assertThatThrownBy(() -> new TrainingRows(rows(3).architectures(), new double[] {0.1, 55, 0.2}))
        .hasMessageContaining("not percent");
  }
}
