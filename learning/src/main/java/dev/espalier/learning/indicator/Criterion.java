package dev.espalier.learning.indicator;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What cells can be ranked by without training: an indicator, or several of them together. */
public sealed interface Criterion permits Indicator, Ensemble {

  /** Which values are the good ones. */
  enum Better {
    LARGER,
    SMALLER
  }

  /** What one value takes, from cheap to dear. */
  enum Cost {
    /** Arithmetic on the cell: no network. */
    COUNTED,
    /** Fresh weights, and no pass. */
    WEIGHTS,
    /** A forward pass. */
    FORWARD,
    /** A forward and a backward pass. */
    BACKWARD,
    /** A backward pass, or its equivalent, for each image. */
    KERNEL,
    /** What the indicators cost that it is made of. */
    DERIVED
  }

  /** The word in commands and results, such as {@code grad-norm}. */
  String label();

  /** For people. */
  String title();

  /** Where it comes from; empty for plain counts. */
  String paper();

  Better better();

  Cost cost();

  /**
   * A value turned so that more is better: what rankings and correlations are taken of. Nothing is
   * worse than what is not a number.
   */
  default double worth(@Nullable Double value) {
    if (value == null) {
      return Double.NEGATIVE_INFINITY;
    }
    return switch (better()) {
      case LARGER -> value;
      case SMALLER -> -value;
    };
  }

  /** All there are, indicators first. */
  static List<Criterion> all() {
    return Stream.<Criterion>concat(Stream.of(Indicator.values()), Stream.of(Ensemble.values()))
        .toList();
  }

  /** The labels of all there are. */
  static List<String> labels() {
    return all().stream().map(Criterion::label).toList();
  }

  /**
   * The one with this label.
   *
   * @throws InvalidInput if there is none
   */
  static Criterion parse(String label) {
    return all().stream()
        .filter(each -> each.label().equals(label))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInput(
                "there is no indicator \"%s\": allowed are %s.%s"
                    .formatted(
                        label, String.join(", ", labels()), DidYouMean.sentence(label, labels()))));
  }
}
