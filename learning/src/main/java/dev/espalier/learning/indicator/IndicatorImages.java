package dev.espalier.learning.indicator;

import dev.espalier.learning.data.Augmentation;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.NetworkImages;
import dev.espalier.learning.data.RegionSamples;
import dev.espalier.learning.data.Selection;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.NtkSettings;
import dev.espalier.search.settings.RegionSettings;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where the images that indicators are measured on come from. Safe to share between threads. */
public interface IndicatorImages {
  /** Channels of the images that the NTK network sees. */
  int CHANNELS = 3;

  /** Outputs of the NTK network. */
  int classes();

  /** {@code [batch, 3, size, size]}, drawn from the stream. */
  float[] kernelBatch(RandomStream stream);

  /** {@code [batches * batch, channels, size, size]}, drawn from the stream. */
  float[] regionSamples(RandomStream stream);

  /**
   * Un-augmented images with their classes, drawn from the stream.
   *
   * @param size height and width
   * @throws InvalidInput where the images have no classes
   */
  default LabelledBatch labelled(int count, int size, RandomStream stream) {
    throw new InvalidInput(
        "these images have no classes, which the indicators of whole networks need: score on a data set");
  }

  /**
   * Images of the train part of a data set, prepared as the settings say. Where the thin network
   * has several channels, each sees a crop of its own.
   */
  static IndicatorImages of(ImageDataset dataset, NtkSettings ntk, RegionSettings regions) {
    NetworkImages images = NetworkImages.of(dataset, ntk.imageSize(), CHANNELS);
    Map<Integer, NetworkImages> bySize = new ConcurrentHashMap<>(Map.of(ntk.imageSize(), images));
    Augmentation augmentation = ntk.augment() ? Augmentation.STANDARD : Augmentation.NONE;
    return new IndicatorImages() {
      @Override
      public int classes() {
        return dataset.classes();
      }

      @Override
      public float[] kernelBatch(RandomStream stream) {
        int[] chosen = Selection.draw(images.train().count(), ntk.batch(), stream);
        return images.batch(images.train(), chosen, augmentation, stream);
      }

      @Override
      public float[] regionSamples(RandomStream stream) {
        return RegionSamples.draw(
            dataset, regions.samples() * regions.channels(), regions.imageSize(), stream);
      }

      @Override
      public LabelledBatch labelled(int count, int size, RandomStream stream) {
        NetworkImages sized =
            bySize.computeIfAbsent(size, each -> NetworkImages.of(dataset, each, CHANNELS));
        int[] chosen = Selection.draw(sized.train().count(), count, stream);
        return new LabelledBatch(
            size,
            sized.batch(sized.train(), chosen),
            Arrays.stream(chosen).map(sized.train()::label).toArray());
      }
    };
  }

  /** Pixels from a normal distribution of mean 0 and deviation 1: no data set, only statistics. */
  static IndicatorImages noise(int classes, NtkSettings ntk, RegionSettings regions) {
    return new IndicatorImages() {
      @Override
      public int classes() {
        return classes;
      }

      @Override
      public float[] kernelBatch(RandomStream stream) {
        return gaussian(ntk.batch() * CHANNELS * ntk.imageSize() * ntk.imageSize(), stream);
      }

      @Override
      public float[] regionSamples(RandomStream stream) {
        int sample = regions.channels() * regions.imageSize() * regions.imageSize();
        return gaussian(regions.samples() * sample, stream);
      }

      @Override
      public LabelledBatch labelled(int count, int size, RandomStream stream) {
        return LabelledBatch.noise(classes, count, size, stream);
      }
    };
  }

  private static float[] gaussian(int count, RandomStream stream) {
    float[] values = new float[count];
    stream.fillGaussian(values, 1);
    return values;
  }
}
