package dev.espalier.search.space.parallel;

/**
 * What a part of a network costs.
 *
 * @param macs multiply-accumulates of its convolutions for one image; batch norms and the linear
 *     layer are not counted, as published
 * @param parameters trainable numbers
 */
public record Cost(long macs, long parameters) {
  public static final Cost NOTHING = new Cost(0, 0);

  public Cost plus(Cost other) {
    return new Cost(macs + other.macs, parameters + other.parameters);
  }
}
