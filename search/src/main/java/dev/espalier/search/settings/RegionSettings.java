package dev.espalier.search.settings;

/**
 * The number of linear regions.
 *
 * @param batch images of one forward pass, which share their batch statistics
 * @param batches forward passes of one count: {@code batch x batches} samples
 * @param imageSize height and width in pixels of the random crop
 * @param channels of the network and of its input
 * @param initialization {@code kaiming} or {@code pytorch}
 */
public record RegionSettings(
    int batch, int batches, int imageSize, int channels, String initialization) {
  public RegionSettings {
    Require.positive("batch", batch);
    Require.positive("batches", batches);
    Require.positive("imageSize", imageSize);
    Require.positive("channels", channels);
    Require.oneOf("initialization", initialization, "kaiming", "pytorch");
  }

  public int samples() {
    return batch * batches;
  }
}
