package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Tensor;

/** Turns sets of vectors into one vector each: two attentions, pooling, a linear layer. */
final class SetPool {
  private final SelfAttention first;
  private final SelfAttention second;
  private final SeedAttention pooling;
  private final Linear last;

  SetPool(Leaves leaves, String name) {
    this.first = new SelfAttention(leaves, name + ".enc.0.mab");
    this.second = new SelfAttention(leaves, name + ".enc.1.mab");
    this.pooling = new SeedAttention(leaves, name + ".dec.0");
    this.last = leaves.linear(name + ".dec.1");
  }

  /**
   * @param rows sets one after another, {@code [s m, w]}
   * @param members {@code m} of each
   * @return {@code [s, z]}
   */
  Tensor apply(Tensor rows, int members) {
    Tensor attended = second.apply(first.apply(rows, members), members); // [s m, z]
    return last.apply(pooling.apply(attended, members));
  }
}
