package dev.espalier.search.trainings;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The splits of a table by name, as the published Neural Predictor draws them, and further ones by
 * size and seed.
 *
 * <p>One generator with seed 0 permutes all rows three times; the first so many of each are the
 * splits {@code 172}, {@code 334} and {@code 860}. {@code denoise-91} and {@code denoise-80} are
 * all rows above 91 % or 80 %, {@code 91-172} and the like those of a split above 91 %, sorted.
 * {@code 78-seed-5} are the first 78 of the first permutation with seed 5.
 */
public final class Splits {
  private static final int[] PUBLISHED = {172, 334, 860};
  private static final Pattern BY_SEED = Pattern.compile("(\\d{1,9})-seed-(\\d{1,10})");
  private static final long SEEDS = 1L << 31;

  private final int rows;
  private final IntToDoubleFunction accuracy;
  private final int[] sizes;

  /**
   * @param rows of the table
   * @param accuracy the validation accuracy of a row, as measured first, crashed or not: a ratio;
   *     NaN where unknown
   */
  public Splits(int rows, IntToDoubleFunction accuracy) {
    this(rows, accuracy, PUBLISHED);
  }

  /**
   * @param sizes of the three random splits, by which they are named
   */
  Splits(int rows, IntToDoubleFunction accuracy, int... sizes) {
    this.rows = rows;
    this.accuracy = accuracy;
    this.sizes = sizes.clone();
  }

  /** The names that there are, beside those by size and seed. */
  public static List<String> names() {
    return names(PUBLISHED);
  }

  private static List<String> names(int[] sizes) {
    List<String> names = new ArrayList<>();
    Arrays.stream(sizes).forEach(size -> names.add(String.valueOf(size)));
    Arrays.stream(sizes).forEach(size -> names.add("91-" + size));
    names.addAll(List.of("denoise-80", "denoise-91", "all"));
    return names;
  }

  /**
   * Refuses a name that no table has a split of.
   *
   * @throws InvalidInput with the names that there are
   */
  public static void checkName(String name) {
    if (!names().contains(name) && !BY_SEED.matcher(name).matches()) {
      throw unknown(name, names());
    }
  }

  private static InvalidInput unknown(String name, List<String> names) {
    return new InvalidInput(
        "there is no split \"%s\": allowed are %s, and SIZE-seed-SEED such as 78-seed-5.%s"
            .formatted(name, String.join(", ", names), DidYouMean.sentence(name, names)));
  }

  /**
   * The split of this name.
   *
   * @throws InvalidInput if there is none, or the table has too few rows for it
   */
  public Split named(String name) {
    Matcher bySeed = BY_SEED.matcher(name);
    if (bySeed.matches()) {
      return drawn(Integer.parseInt(bySeed.group(1)), Long.parseLong(bySeed.group(2)));
    }
    List<String> names = names(sizes);
    return switch (names.indexOf(name)) {
      case 0 -> random(0);
      case 1 -> random(1);
      case 2 -> random(2);
      case 3 -> above(name, 0.91f, random(0).indices());
      case 4 -> above(name, 0.91f, random(1).indices());
      case 5 -> above(name, 0.91f, random(2).indices());
      case 6 -> above(name, 0.80f, all());
      case 7 -> above(name, 0.91f, all());
      case 8 -> new Split(name, rows, all());
      default -> throw unknown(name, names);
    };
  }

  /**
   * The first rows of the first permutation with a seed.
   *
   * @param seed from 0 to 2^31 - 1
   */
  public Split drawn(int size, long seed) {
    if (seed < 0 || seed >= SEEDS) {
      throw new InvalidInput(
          "a split's seed must be between 0 and %d, but was %d".formatted(SEEDS - 1, seed));
    }
    String name = "%d-seed-%d".formatted(size, seed);
    checkSize(name, size);
    return new Split(name, rows, Arrays.copyOf(new NumPyRandom(seed).permutation(rows), size));
  }

  private Split random(int number) {
    String name = String.valueOf(sizes[number]);
    checkSize(name, sizes[number]);
    NumPyRandom random = new NumPyRandom(0);
    int[] order = random.permutation(rows);
    for (int i = 0; i < number; i++) {
      order = random.permutation(rows);
    }
    return new Split(name, rows, Arrays.copyOf(order, sizes[number]));
  }

  private void checkSize(String name, int size) {
    if (size < 1 || size > rows) {
      throw new InvalidInput(
          "split %s takes %,d rows, but the table has %,d: give a size between 1 and %d, such as %d-seed-0"
              .formatted(name, size, rows, rows, Math.max(1, rows / 2)));
    }
  }

  /** Compared in single precision, as NumPy compares its arrays. */
  private Split above(String name, float threshold, int[] of) {
    int[] sorted =
        Arrays.stream(of)
            .filter(row -> (float) accuracy.applyAsDouble(row) > threshold)
            .sorted()
            .toArray();
    return new Split(name, rows, sorted);
  }

  private int[] all() {
    return IntStream.range(0, rows).toArray();
  }
}
