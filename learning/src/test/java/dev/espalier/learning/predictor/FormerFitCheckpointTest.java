package dev.espalier.learning.predictor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Against the checkpoint of a fit, written by commit 95324cd, before there was one loop for all
 * that is trained: the linear member of an ensemble is done, its graph network half trained.
 */
class FormerFitCheckpointTest {
  private static final ParallelSpace SPACE = ParallelSpace.PUBLISHED;
  private static final PredictorRecipe RECIPE =
      new PredictorRecipe("ensemble", 4, 5e-3, 2, 2, 1, 3, 0.2, 0, 1);

  private static TrainingRows rows() {
    RandomStream stream = RandomStream.of(7, "rows");
    List<Architecture> architectures = new ArrayList<>();
    double[] accuracies = new double[10];
    for (int i = 0; i < accuracies.length; i++) {
      architectures.add(SPACE.random(stream));
      accuracies[i] = 0.5 + 0.4 * stream.nextDouble();
    }
    return new TrainingRows(architectures, accuracies);
  }

  private static FitOutcome fit(byte[] checkpoint, FitMonitor monitor) {
    return Predictors.fit(Torch.cpu(), SPACE, RECIPE, rows(), 3, "former", checkpoint, monitor);
  }

  private static byte[] former() throws IOException {
    try (InputStream file = FormerFitCheckpointTest.class.getResourceAsStream("/checkpoints/fit")) {
      return Objects.requireNonNull(file).readAllBytes();
    }
  }

  @Test
  void isWrittenAgainByteForByte() throws IOException {
    FitOutcome.Stopped stopped = (FitOutcome.Stopped) fit(former(), FitStop.at(0));

    assertThat(stopped.checkpoint()).isEqualTo(former());
  }

  @Test
  void goesOnToThePredictorThatItWouldHaveGivenThen() throws IOException {
    FitOutcome.Finished finished = (FitOutcome.Finished) fit(former(), FitMonitor.none());

    assertThat(Digest.sha256(finished.predictor().save()))
        .isEqualTo("a3d3fc70163393909f47553f1554dea0aa844240ed860e045a0222affc05f0a6");
  }
}
