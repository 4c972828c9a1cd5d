package dev.espalier.learning.data;

/**
 * Mean and deviation of each channel, of pixels scaled to 0..1 (deviation over all pixels, divisor
 * n, as the published figures are). Summed in integers, so the same everywhere.
 */
final class ChannelStatistics {
  private final float[] means; // [c]
  private final float[] deviations; // [c]

  private ChannelStatistics(float[] means, float[] deviations) {
    this.means = means;
    this.deviations = deviations;
  }

  /** Not a copy. */
  float[] means() {
    return means;
  }

  /** Not a copy; 1 where a channel is constant. */
  float[] deviations() {
    return deviations;
  }

  static ChannelStatistics of(Images images) {
    ImageShape shape = images.shape();
    float[] means = new float[shape.channels()];
    float[] deviations = new float[shape.channels()];
    byte[] pixels = images.pixels();
    double values = (double) images.count() * shape.plane();
    for (int channel = 0; channel < shape.channels(); channel++) {
      long sum = 0;
      long squares = 0;
      for (int image = 0; image < images.count(); image++) {
        int start = image * shape.size() + channel * shape.plane();
        for (int i = start; i < start + shape.plane(); i++) {
          int pixel = pixels[i] & 0xff;
          sum += pixel;
          squares += (long) pixel * pixel;
        }
      }
      double mean = sum / values;
      double deviation = Math.sqrt(Math.max(0, squares / values - mean * mean));
      means[channel] = (float) (mean / 255);
      // A channel without any contrast is only centred.
      deviations[channel] = deviation == 0 ? 1f : (float) (deviation / 255);
    }
    return new ChannelStatistics(means, deviations);
  }

  /** For each channel the normalised value of each of the 256 pixel values. */
  float[][] normalisation() {
    float[][] table = new float[means.length][256];
    for (int channel = 0; channel < means.length; channel++) {
      for (int pixel = 0; pixel < 256; pixel++) {
        table[channel][pixel] = (float) ((pixel / 255.0 - means[channel]) / deviations[channel]);
      }
    }
    return table;
  }
}
