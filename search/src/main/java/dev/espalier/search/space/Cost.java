package dev.espalier.search.space;

/**
 * What a network, or a part of one, costs.
 *
 * @param macs multiply-accumulates for one image, as its space counts them
 * @param parameters trainable numbers
 */
public record Cost(long macs, long parameters) {
  public static final Cost NOTHING = new Cost(0, 0);

  public Cost plus(Cost other) {
    return new Cost(macs + other.macs, parameters + other.parameters);
  }

  public Cost times(int factor) {
    return new Cost(macs * factor, parameters * factor);
  }
}
