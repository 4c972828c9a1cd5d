package dev.espalier.learning.predictor;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.providers.Providers;
import dev.espalier.search.space.SearchSpace;
import java.util.List;

/** The spaces that predictors know, as {@code META-INF/services} lists them. */
final class EncodedSpaces {
  private static final List<EncodedSpace> ALL = Providers.of(EncodedSpace.class);

  private EncodedSpaces() {}

  /** The encoding of a space of which nothing is known beside. */
  static StructuredEncoding of(SearchSpace space) {
    return of(space, Columns.NONE);
  }

  /**
   * The encoding of a space.
   *
   * @param columns what is known of its architectures beside
   * @throws InvalidInput if predictors do not know the space
   */
  static StructuredEncoding of(SearchSpace space, Columns columns) {
    return ALL.stream()
        .flatMap(each -> each.encoding(space).stream())
        .findFirst()
        .map(marks -> new StructuredEncoding(space, marks, columns))
        .orElseThrow(() ->
            new InvalidInput(
                "predictors know the space %s, but not %s"
                    .formatted(
                        String.join(", ", ALL.stream().map(EncodedSpace::name).toList()),
                        space.name())));
  }
}
