package dev.espalier.search.settings;

/**
 * The NTK condition number.
 *
 * @param batch images of one kernel
 * @param imageSize height and width in pixels; larger images are averaged down to it
 * @param channels of the network's first stage (C)
 * @param cells of each stage (N); in the darts space, normal cells before the one reduction cell
 * @param initialization {@code kaiming} or {@code pytorch}
 * @param definition which gradients enter: {@code summed}, of the sum of an image's logits; {@code
 *     trace}, the mean over the logits of each one's kernel; {@code full}, every logit a row
 * @param eigenvalues {@code float64} or {@code float32}
 * @param augment whether images are flipped and cropped at random
 */
public record NtkSettings(
    int batch,
    int imageSize,
    int channels,
    int cells,
    String initialization,
    String definition,
    String eigenvalues,
    boolean augment) {
  public NtkSettings {
    Require.positive("batch", batch);
    Require.positive("imageSize", imageSize);
    Require.positive("channels", channels);
    Require.positive("cells", cells);
    Require.oneOf("initialization", initialization, "kaiming", "pytorch");
    Require.oneOf("definition", definition, "summed", "trace", "full");
    Require.oneOf("eigenvalues", eigenvalues, "float64", "float32");
  }
}
