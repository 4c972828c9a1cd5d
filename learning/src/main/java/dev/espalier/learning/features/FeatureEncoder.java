package dev.espalier.learning.features;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.Images;
import dev.espalier.learning.data.NetworkImages;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.NamedArray;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Computes the features of images: what a residual network averages over the image before its
 * classifier. Images come to 32 x 32 pixels first, as published (Lee et al., ICLR 2021).
 */
public final class FeatureEncoder implements AutoCloseable {
  /** Height and width of the images. */
  public static final int IMAGE_SIZE = 32;

  private static final int BATCH = 64;
  private static final int CHANNELS = 3;

  private final Torch torch;
  private final EncoderWeights weights;
  private final ResidualNetwork network;

  public FeatureEncoder(Torch torch, EncoderWeights weights) {
    this.torch = torch;
    this.weights = weights;
    Map<String, float[]> values = new HashMap<>();
    weights.arrays().forEach((name, array) -> values.put(name, array.values()));
    this.network = new ResidualNetwork(torch, weights.shape(), 0, ParameterSource.known(values));
    try (Scope _ = torch.inference()) {
      network
          .buffers()
          .forEach((name, buffer) -> {
            NamedArray running = Objects.requireNonNull(weights.arrays().get(name));
            buffer.subtractInPlace(buffer.copy());
            buffer.addInPlace(torch.tensor(running.values(), running.shape()));
          });
    }
  }

  /** The numbers of an image's features. */
  public int width() {
    return weights.width();
  }

  /**
   * The features of images that are normalised already.
   *
   * @param pixels {@code [count, 3, 32, 32]}
   * @return {@code [count, width]}
   */
  float[] features(float[] pixels, int count) {
    try (Scope _ = torch.inference()) {
      Tensor images = torch.tensor(pixels, count, CHANNELS, IMAGE_SIZE, IMAGE_SIZE);
      return network.features(images, Phase.EVALUATE).toFloats();
    }
  }

  /** Takes the features of one image after another. */
  @FunctionalInterface
  public interface Rows {
    /**
     * @param features where they stand, from {@code from} on
     */
    void row(float[] features, int from) throws IOException;
  }

  /**
   * Computes the features of images of a data set's train part; no more than a batch of them is in
   * memory.
   *
   * @param images numbers within the train part, in the order of the rows
   * @param betweenBatches run between batches; ends the work by throwing
   */
  public void encode(ImageDataset dataset, int[] images, Rows rows, Runnable betweenBatches)
      throws IOException {
    Images part = NetworkImages.of(dataset, IMAGE_SIZE, CHANNELS).train();
    float[][] normalisation = normalisation();
    int size = CHANNELS * IMAGE_SIZE * IMAGE_SIZE;
    for (int from = 0; from < images.length; from += BATCH) {
      betweenBatches.run();
      int count = Math.min(BATCH, images.length - from);
      float[] pixels = new float[count * size];
      for (int i = 0; i < count; i++) {
        place(part, images[from + i], normalisation, pixels, i * size);
      }
      float[] features = torch.guarded(() -> features(pixels, count));
      for (int i = 0; i < count; i++) {
        rows.row(features, i * width());
      }
    }
  }

  /** Grey images have one channel; the network sees it three times. */
  private static void place(
      Images part, int image, float[][] normalisation, float[] pixels, int at) {
    byte[] stored = part.copyOf(image);
    int plane = part.shape().plane();
    for (int channel = 0; channel < CHANNELS; channel++) {
      int source = Math.min(channel, part.shape().channels() - 1) * plane;
      for (int i = 0; i < plane; i++) {
        pixels[at + channel * plane + i] = normalisation[channel][stored[source + i] & 0xff];
      }
    }
  }

  /** For each channel the normalised value of each of the 256 pixel values. */
  private float[][] normalisation() {
    float[][] table = new float[CHANNELS][256];
    for (int channel = 0; channel < CHANNELS; channel++) {
      float mean = at(weights.means(), channel);
      float deviation = at(weights.deviations(), channel);
      for (int pixel = 0; pixel < 256; pixel++) {
        table[channel][pixel] = (float) ((pixel / 255.0 - mean) / deviation);
      }
    }
    return table;
  }

  private static float at(List<Float> numbers, int channel) {
    return numbers.get(Math.min(channel, numbers.size() - 1));
  }

  @Override
  public void close() {
    network.close();
  }
}
