package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.util.Arrays;

/**
 * Choices of images: shuffled draws, stratified splits, class-balanced subsets. All numbers are
 * positions in a part.
 */
public final class Selection {
  private Selection() {}

  /** Two disjoint sets of image numbers, each ascending. */
  public static final class Split {
    private final int[] train;
    private final int[] validation;

    private Split(int[] train, int[] validation) {
      this.train = train;
      this.validation = validation;
    }

    public int[] train() {
      return train.clone();
    }

    public int[] validation() {
      return validation.clone();
    }
  }

  /**
   * {@code count} image numbers out of {@code total} in a shuffled order; starts a new order when
   * all were used.
   */
  public static int[] draw(int total, int count, RandomStream stream) {
    if (total < 1) {
      throw new InvalidInput("there are no images to draw from");
    }
    int[] drawn = new int[count];
    for (int done = 0; done < count; done += total) {
      System.arraycopy(stream.permutation(total), 0, drawn, done, Math.min(total, count - done));
    }
    return drawn;
  }

  /**
   * A split in which each class gives the same share (rounded half up, at least one image where it
   * has two) to validation.
   */
  public static Split stratified(
      Images images, int classes, double validationShare, RandomStream stream) {
    if (!(validationShare > 0 && validationShare < 1)) {
      throw new InvalidInput(
          "the validation share must lie between 0 and 1, but was " + validationShare);
    }
    int[] counts = images.classCounts(classes);
    int[] wanted = new int[classes];
    for (int label = 0; label < classes; label++) {
      int share = (int) Math.floor(counts[label] * validationShare + 0.5);
      wanted[label] = counts[label] < 2 ? 0 : Math.clamp(share, 1, counts[label] - 1);
    }
    boolean[] validation = new boolean[images.count()];
    for (int image : stream.permutation(images.count())) {
      if (wanted[images.label(image)] > 0) {
        wanted[images.label(image)]--;
        validation[image] = true;
      }
    }
    int total = 0;
    for (boolean chosen : validation) {
      total += chosen ? 1 : 0;
    }
    int[] rest = new int[images.count() - total];
    int[] chosen = new int[total];
    int nextRest = 0;
    int nextChosen = 0;
    for (int image = 0; image < validation.length; image++) {
      if (validation[image]) {
        chosen[nextChosen++] = image;
      } else {
        rest[nextRest++] = image;
      }
    }
    return new Split(rest, chosen);
  }

  /**
   * The first {@code count} of a shuffled order, as many of each class as of any other: class after
   * class gets one more until there are enough, classes that have run out are passed over. All of
   * them if there are no more.
   *
   * @param among the images to choose from
   * @return ascending
   */
  public static int[] balanced(
      Images images, int[] among, int classes, int count, RandomStream stream) {
    if (count < 1) {
      throw new InvalidInput("the number of images must be at least 1, but was " + count);
    }
    int[] available = new int[classes];
    for (int image : among) {
      available[images.label(image)]++;
    }
    int[] wanted = quotas(available, Math.min(count, among.length));
    int[] chosen = new int[Math.min(count, among.length)];
    int next = 0;
    for (int position : stream.permutation(among.length)) {
      int image = among[position];
      if (wanted[images.label(image)] > 0) {
        wanted[images.label(image)]--;
        chosen[next++] = image;
      }
    }
    Arrays.sort(chosen);
    return chosen;
  }

  private static int[] quotas(int[] available, int count) {
    int[] quotas = new int[available.length];
    int missing = count;
    while (missing > 0) {
      for (int label = 0; label < quotas.length && missing > 0; label++) {
        if (quotas[label] < available[label]) {
          quotas[label]++;
          missing--;
        }
      }
    }
    return quotas;
  }

  /** 0, 1, ..., n-1. */
  public static int[] all(int n) {
    int[] numbers = new int[n];
    Arrays.setAll(numbers, i -> i);
    return numbers;
  }
}
