package dev.espalier.learning.features;

import dev.espalier.search.failure.InvalidInput;
import java.util.List;

/**
 * What a file of features is of.
 *
 * @param width the numbers of a row
 * @param classNames of the image collection, in its order
 * @param counts how many images each class has
 * @param collection the images: a data set's digest, or the name of a published collection
 * @param encoder what computed them, in words that are equal for equal encoders
 */
public record FeatureHeader(
    int width, List<String> classNames, List<Integer> counts, String collection, String encoder) {
  public FeatureHeader {
    classNames = List.copyOf(classNames);
    counts = List.copyOf(counts);
    if (width < 1) {
      throw new InvalidInput(
          "features are at least one number an image, but these are %d".formatted(width));
    }
    if (counts.size() != classNames.size() || counts.stream().anyMatch(count -> count < 0)) {
      throw new InvalidInput(
          "the features of %d classes have %d counts".formatted(classNames.size(), counts.size()));
    }
  }

  /** How many rows there are. */
  public long rows() {
    return counts.stream().mapToLong(Integer::longValue).sum();
  }

  /**
   * Refuses features of another width.
   *
   * @param name of the features, for messages
   * @param expected what their reader was made for
   * @throws InvalidInput with both numbers
   */
  public void requireWidth(String name, int expected) {
    if (width != expected) {
      throw new InvalidInput(
          ("%s: these features are %,d numbers an image (%s), but %,d are needed: "
                  + "give features of that width, or another encoder")
              .formatted(name, width, encoder, expected));
    }
  }
}
