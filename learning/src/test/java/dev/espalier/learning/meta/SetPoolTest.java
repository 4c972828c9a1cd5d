package dev.espalier.learning.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.espalier.learning.tensor.Arithmetic;
import dev.espalier.learning.tensor.Gradients;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is computed in memory has the bits of the engine's own operations and gradients. */
class SetPoolTest {
  private static final Torch TORCH = Torch.cpu();

  @ParameterizedTest(name = "{0} members, latent {1}")
  @CsvSource({"7, 32", "8, 32", "8, 56", "13, 56", "20, 56", "33, 24"})
  void poolingHasTheSameBitsByHandAndByTheEngine(int members, int latent) {
    assumeTrue(Arithmetic.ofThisMachine().isCommon(), "sums are in the order of AVX2");
    int sets = 3;
    ModelSizes sizes = new ModelSizes(10, latent, latent);
    GraphTopology topology = MetaGolden.topology("nb201");
    try (Leaves leaves =
        new Leaves(
            TORCH, ModelState.drawn(ModelState.shapes(ModelKind.PREDICTOR, topology, sizes), 1))) {
      SetPool pool = new SetPool(leaves, "intra_setpool");
      List<Tensor> trained = List.copyOf(leaves.all().values());
      float[] images = new float[sets * members * sizes.width()];
      RandomStream.of(0, "set pool", members, latent).fillGaussian(images, 1);

      List<float[]> byEngine = new ArrayList<>();
      try (Scope _ = TORCH.recording()) {
        Tensor pooled =
            pool.apply(TORCH.tensor(images, (long) sets * members, sizes.width()), members);
        byEngine.add(pooled.toFloats());
        Gradients.of(pooled.square().sum(), trained).forEach(each -> byEngine.add(each.toFloats()));
      }
      List<float[]> byHand = new ArrayList<>();
      try (Scope _ = TORCH.recording()) {
        leaves.deferred().open();
        Tensor pooled =
            pool.apply(TORCH.tensor(images, (long) sets * members, sizes.width()), members);
        byHand.add(pooled.toFloats());
        leaves
            .deferred()
            .of(pooled.square().sum(), trained)
            .forEach(each -> byHand.add(each.toFloats()));
      }

      assertThat(byHand).hasSize(trained.size() + 1);
      for (int i = 0; i < byHand.size(); i++) {
        assertThat(byHand.get(i)).as("array %d", i).isEqualTo(byEngine.get(i));
      }
      assertThat(byHand.get(1)).isNotEqualTo(new float[byHand.get(1).length]);
    }
  }
}
