package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;

/**
 * The random changes of a training image: a flip left-right, a crop out of the image padded with
 * black, and Cutout (DeVries and Taylor 2017): a square of zeros, after normalisation, centred
 * anywhere and cut at the border.
 *
 * @param padding pixels added on every side before the crop; 0 for none
 * @param cutout side of the square; 0 for none
 */
public record Augmentation(boolean flip, int padding, int cutout) {
  /** Images as they are. */
  public static final Augmentation NONE = new Augmentation(false, 0, 0);

  /** Flip and a crop padded by 4: what is usual on CIFAR, and what TE-NAS measures with. */
  public static final Augmentation STANDARD = new Augmentation(true, 4, 0);

  public Augmentation {
    if (padding < 0 || cutout < 0) {
      throw new InvalidInput(
          "padding (%d) and cutout (%d) are pixels and cannot be negative"
              .formatted(padding, cutout));
    }
  }

  public Augmentation withCutout(int side) {
    return new Augmentation(flip, padding, side);
  }
}
