package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
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

  private final Torch torch;
  private final DeferredGradients deferred;
  private final Linear projection;
  private final Linear output;

  SelfAttention(Leaves leaves, String name) {
    this.torch = leaves.torch();
    this.deferred = leaves.deferred();
    this.projection = leaves.linear(name + ".qkv", name + ".fc_q", name + ".fc_k", name + ".fc_v");
    this.output = leaves.linear(name + ".fc_o");
  }

  /**
   * @param rows {@code [s m, w]}
   * @return {@code [s m, z]}
   */
  Tensor apply(Tensor rows, int members) {
    Tensor projected = projection.apply(rows); // [s m, 3 z]
    Tensor mixed = mixed(projected, members); // [s m, z]
    return mixed.add(Ops.relu(output.apply(mixed)));
  }

  private Tensor mixed(Tensor projected, int members) {
    int latent = (int) output.outputs();
    return deferred.isOpen() && !torch.isGpu() && AttentionHeads.fits(members)
        ? inMemory(projected, members, latent)
        : byTensors(projected, members, latent);
  }

  /**
   * On the processor: by products of the engine, with what is between them in memory. Nothing here
   * is recorded, since the projection is known without its graph.
   *
   * @param projected queries, keys and values, {@code [s m, 3 z]}
   */
  private Tensor inMemory(Tensor projected, int members, int latent) {
    AttentionHeads heads = new AttentionHeads(members, latent);
    long rows = projected.dimension(0);
    long[] shape = {rows / members * HEADS, members, latent / HEADS}; // [s h, m, e]
    Tensor known = projected.detach();
    Tensor queries = torch.tensor(into -> heads.queries(known.memory(), into), shape);
    Tensor keys = torch.tensor(into -> heads.part(known.memory(), 1, into), shape);
    Tensor values = torch.tensor(into -> heads.part(known.memory(), 2, into), shape);
    Tensor attention = Ops.softmax(queries.matmul(keys.transpose(1, 2)), 2); // [s h, m, m]
    Tensor attended = attention.matmul(values); // [s h, m, e]
    Tensor mixed =
        torch.leaf(into -> heads.outputs(known.memory(), attended.memory(), into), rows, latent);
    deferred.byHand(
        projected,
        mixed,
        ofMixed -> {
          Tensor ofAttended = torch.tensor(into -> heads.split(ofMixed.memory(), into), shape);
          Tensor ofValues = attention.transpose(1, 2).matmul(ofAttended);
          Tensor ofLogits = ofAttended.matmul(values.transpose(1, 2));
          heads.throughSoftmax(attention.memory(), ofLogits.memory());
          Tensor ofQueries = ofLogits.matmul(keys);
          Tensor ofKeys = queries.transpose(1, 2).matmul(ofLogits); // [s h, e, m]
          return torch.tensor(
              into ->
                  heads.gradient(
                      ofMixed.memory(),
                      ofQueries.memory(),
                      ofKeys.memory(),
                      ofValues.memory(),
                      into),
              rows,
              3L * latent);
        });
    return mixed;
  }

  /**
   * On any device, for sets of any size.
   *
   * @param projected queries, keys and values, {@code [s m, 3 z]}
   */
  static Tensor byTensors(Tensor projected, int members, int latent) {
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
    return queries
        .add(attention.matmul(values)) // [s heads, m, e]
        .reshape(sets, HEADS, members, each)
        .permute(0, 2, 1, 3)
        .reshape(sets * members, latent);
  }
}
