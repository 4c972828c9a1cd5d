package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import java.util.List;

/**
 * Attention of the members of a set to each other (Lee et al. 2019, SAB without layer norm): {@code
 * o = q + softmax(q k' / sqrt(z)) v} in 4 heads, then {@code o + relu(linear(o))}. The scale is
 * that of the whole width, as published. Queries, keys and values are one product.
 *
 * <p>Letters: {@code s} sets, {@code m} members, {@code w} width, {@code z} latent, {@code e = z /
 * 4} width of a head.
 */
final class SelfAttention {
  private static final int HEADS = ModelSizes.HEADS;

  private final Linear projection;
  private final Linear output;

  SelfAttention(Leaves leaves, String name) {
    this.projection = leaves.linear(name + ".qkv", name + ".fc_q", name + ".fc_k", name + ".fc_v");
    this.output = leaves.linear(name + ".fc_o");
  }

  /**
   * @param rows {@code [s m, w]}
   * @return {@code [s m, z]}
   */
  Tensor apply(Tensor rows, long members) {
    return mixed(projection.apply(rows), members); // [s m, 3 z]
  }

  /**
   * @param projected queries, keys and values, {@code [s m, 3 z]}
   */
  private Tensor mixed(Tensor projected, long members) {
    long latent = output.outputs();
    long each = latent / HEADS;
    long sets = projected.dimension(0) / members;
    Tensor heads =
        projected
            .reshape(sets, members, 3, HEADS, each)
            .permute(2, 0, 3, 1, 4) // [3, s, heads, m, e]
            .reshape(3, sets * HEADS, members, each);
    List<Tensor> parts = Ops.split(heads, 0, 1, 1, 1); // its gradient is one array, not three
    Tensor queries = parts.get(0).reshape(sets * HEADS, members, each);
    Tensor keys = parts.get(1).reshape(sets * HEADS, members, each);
    Tensor values = parts.get(2).reshape(sets * HEADS, members, each);
    Tensor attention =
        Ops.softmax(
            queries.multiply(1 / Math.sqrt((double) latent)).matmul(keys.transpose(1, 2)),
            2); // [s heads, m, m]
    Tensor mixed =
        queries
            .add(attention.matmul(values)) // [s heads, m, e]
            .reshape(sets, HEADS, members, each)
            .permute(0, 2, 1, 3)
            .reshape(sets * members, latent);
    return mixed.add(Ops.relu(output.apply(mixed)));
  }
}
