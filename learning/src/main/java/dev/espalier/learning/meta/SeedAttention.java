package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;

/**
 * Pools each set to one vector by the attention of a learned seed (Lee et al. 2019, PMA with one
 * seed).
 *
 * <p>Since there is one query for all sets, keys are not computed: the query goes through the keys'
 * layer instead, {@code q (x Wk')' = (q Wk) x'}; the keys' bias adds the same to all logits of a
 * head and falls out of the softmax. Values neither: weights sum to 1, so the mean of {@code x Wv'
 * + b} is that of {@code x}, times {@code Wv'}, plus {@code b}.
 *
 * <p>Letters as in {@link SelfAttention}.
 */
final class SeedAttention {
  private static final int HEADS = ModelSizes.HEADS;

  private final Tensor seed;
  private final Linear query;
  private final Linear key;
  private final Linear value;
  private final Linear output;

  SeedAttention(Leaves leaves, String name) {
    this.seed = leaves.leaf(name + ".S");
    this.query = leaves.linear(name + ".mab.fc_q");
    this.key = leaves.linear(name + ".mab.fc_k");
    this.value = leaves.linear(name + ".mab.fc_v");
    this.output = leaves.linear(name + ".mab.fc_o");
  }

  /**
   * @param rows {@code [s m, z]}
   * @return {@code [s, z]}
   */
  Tensor apply(Tensor rows, long members) {
    long latent = output.outputs();
    long each = latent / HEADS;
    long sets = rows.dimension(0) / members;
    Tensor queries = query.apply(seed.reshape(1, latent)); // [1, z]
    Tensor throughKeys =
        queries
            .multiply(1 / Math.sqrt((double) latent))
            .reshape(HEADS, 1, each)
            .matmul(key.weight().reshape(HEADS, each, latent)) // [heads, 1, z]
            .reshape(HEADS, latent);
    Tensor attention =
        Ops.softmax(
            rows.matmul(throughKeys.transpose(0, 1)).reshape(sets, members, HEADS),
            1); // [s, m, heads]
    Tensor means =
        attention.transpose(1, 2).matmul(rows.reshape(sets, members, latent)); // [s, heads, z]
    Tensor values =
        means
            .permute(1, 0, 2)
            .matmul(value.weight().reshape(HEADS, each, latent).transpose(1, 2)) // [heads, s, e]
            .permute(1, 0, 2)
            .reshape(sets, latent);
    Tensor pooled = values.add(value.bias()).add(queries); // [s, z]
    return pooled.add(Ops.relu(output.apply(pooled)));
  }
}
