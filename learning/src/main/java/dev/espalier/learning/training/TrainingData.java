package dev.espalier.learning.training;

import dev.espalier.learning.data.Augmentation;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.Images;
import dev.espalier.learning.data.NetworkImages;
import dev.espalier.search.random.RandomStream;
import java.util.Arrays;

/**
 * The images of one training and the order in which they come.
 *
 * <p>ImageTraining and validation images: a stratified 80/20 split of the train part, then as many
 * as the recipe wants, balanced by class. All of it depends on seed and data only, so that networks
 * trained at one seed see the same images.
 */
final class TrainingData {
  private final NetworkImages images;
  private final int classes;
  private final int batch;
  private final Augmentation augmentation;
  private final int[] train;
  private final int[] validation;
  private final int[] test;

  TrainingData(ImageDataset dataset, TrainingRecipe recipe, long seed) {
    this.images = NetworkImages.of(dataset, recipe.imageSize());
    this.classes = dataset.classes();
    this.batch = recipe.batch();
    this.augmentation = recipe.augmentation();
    TrainingParts parts = TrainingParts.of(dataset, recipe.basics(), seed);
    this.train = parts.train();
    this.validation = parts.validation();
    this.test = parts.test();
  }

  int classes() {
    return classes;
  }

  /**
   * The last, smaller batch is used too, unless it has one image only (batch statistics need two).
   */
  int stepsPerEpoch() {
    int whole = train.length / batch;
    return train.length % batch > 1 ? whole + 1 : whole;
  }

  /** The epoch's images in the epoch's order. */
  int[] order(RandomStream stream) {
    int[] order = stream.permutation(train.length);
    Arrays.setAll(order, i -> train[order[i]]);
    return order;
  }

  Batch trainBatch(int[] order, int step, RandomStream stream) {
    int from = step * batch;
    int to = Math.min(order.length, from + batch);
    float[] pixels = new float[(to - from) * images.shape().size()];
    images.fill(images.train(), order, from, to, augmentation, stream, pixels);
    return batch(images.train(), order, from, to, pixels);
  }

  Evaluated validation() {
    return new Evaluated(images.train(), validation);
  }

  Evaluated test() {
    return new Evaluated(images.test(), test);
  }

  private Batch batch(Images part, int[] numbers, int from, int to, float[] pixels) {
    int[] labels = new int[to - from];
    Arrays.setAll(labels, i -> part.label(numbers[from + i]));
    long[] shape = {
      to - from, images.shape().channels(), images.shape().height(), images.shape().width()
    };
    return new Batch(pixels, shape, labels);
  }

  /** Images that a network is measured on. */
  final class Evaluated {
    private final Images part;
    private final int[] numbers;

    private Evaluated(Images part, int[] numbers) {
      this.part = part;
      this.numbers = numbers;
    }

    int count() {
      return numbers.length;
    }

    Batch batch(int from, int to) {
      float[] pixels = new float[(to - from) * images.shape().size()];
      images.fill(part, numbers, from, to, pixels);
      return TrainingData.this.batch(part, numbers, from, to, pixels);
    }
  }

  /** Normalised images {@code [b, c, h, w]} and their labels {@code [b]}. */
  static final class Batch {
    private final float[] pixels;
    private final long[] shape;
    private final int[] labels;

    private Batch(float[] pixels, long[] shape, int[] labels) {
      this.pixels = pixels;
      this.shape = shape;
      this.labels = labels;
    }

    float[] pixels() {
      return pixels;
    }

    long[] shape() {
      return shape;
    }

    int size() {
      return labels.length;
    }

    /**
     * {@code [b, classes]}: one at the label, else zero; smoothed, that share of each row is spread
     * evenly over all classes.
     */
    float[] targets(int classes, double smoothing) {
      float[] targets = new float[labels.length * classes];
      Arrays.fill(targets, (float) (smoothing / classes));
      for (int i = 0; i < labels.length; i++) {
        targets[i * classes + labels[i]] = (float) (1 - smoothing + smoothing / classes);
      }
      return targets;
    }

    /** How many of these answers are right. */
    int correct(int[] answers) {
      int correct = 0;
      for (int i = 0; i < labels.length; i++) {
        correct += answers[i] == labels[i] ? 1 : 0;
      }
      return correct;
    }
  }
}
