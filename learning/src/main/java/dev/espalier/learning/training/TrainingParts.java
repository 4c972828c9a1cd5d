package dev.espalier.learning.training;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.Selection;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.TrainingBasics;

/**
 * Which images a training sees: a stratified 80/20 split of the train part, then as many as the
 * recipe wants, balanced by class. All of it depends on seed and data only, so that networks
 * trained at one seed see the same images.
 */
public final class TrainingParts {
  private static final double VALIDATION_SHARE = 0.2;

  private final int[] train;
  private final int[] validation;
  private final int[] test;

  private TrainingParts(int[] train, int[] validation, int[] test) {
    this.train = train;
    this.validation = validation;
    this.test = test;
  }

  /**
   * @throws InvalidInput if there are too few images
   */
  public static TrainingParts of(ImageDataset dataset, TrainingBasics wanted, long seed) {
    String digest = dataset.digest();
    int classes = dataset.classes();
    Selection.Split split =
        Selection.stratified(
            dataset.train(),
            classes,
            VALIDATION_SHARE,
            RandomStream.of(seed, "evaluation", digest, "split"));
    if (split.train().length < 2 || split.validation().length == 0 || dataset.test().count() == 0) {
      throw new InvalidInput(
          "%s has too few images to train, validate and test a network".formatted(dataset));
    }
    return new TrainingParts(
        Selection.balanced(
            dataset.train(),
            split.train(),
            classes,
            wanted.trainImages(),
            RandomStream.of(seed, "evaluation", digest, "train")),
        Selection.balanced(
            dataset.train(),
            split.validation(),
            classes,
            wanted.validationImages(),
            RandomStream.of(seed, "evaluation", digest, "validation")),
        Selection.balanced(
            dataset.test(),
            Selection.all(dataset.test().count()),
            classes,
            wanted.testImages(),
            RandomStream.of(seed, "evaluation", digest, "test")));
  }

  /** Numbers of images of the train part, ascending. */
  public int[] train() {
    return train.clone();
  }

  /** Numbers of images of the train part, ascending; none that {@link #train} has. */
  public int[] validation() {
    return validation.clone();
  }

  /** Numbers of images of the test part, ascending. */
  public int[] test() {
    return test.clone();
  }
}
