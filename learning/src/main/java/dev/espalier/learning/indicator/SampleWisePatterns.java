package dev.espalier.learning.indicator;

/**
 * How many different patterns a network's units have over the images of a batch: one bit an image
 * for each unit (Peng, Song, Fayek, Ciesielski and Chang, "SWAP-NAS: Sample-Wise Activation
 * Patterns for Ultra-fast NAS", ICLR 2024, definition 3.3), without the paper's regularisation by
 * parameters. Where {@link LinearRegions} counts images that units tell apart, this counts units
 * that images tell apart, so that it does not saturate at the number of images.
 */
final class SampleWisePatterns {
  private SampleWisePatterns() {}

  /** Different patterns; at most the number of units. */
  static int count(ActivationPatterns patterns) {
    int samples = patterns.samples();
    int words = (samples + Long.SIZE - 1) / Long.SIZE;
    Patterns distinct = new Patterns(words, patterns.units());
    for (int unit = 0; unit < patterns.units(); unit++) {
      long[] bits = new long[words];
      for (int sample = 0; sample < samples; sample++) {
        if (patterns.isOn(sample, unit)) {
          bits[sample / Long.SIZE] |= 1L << (sample % Long.SIZE);
        }
      }
      distinct.add(bits, 0);
    }
    return distinct.count();
  }
}
