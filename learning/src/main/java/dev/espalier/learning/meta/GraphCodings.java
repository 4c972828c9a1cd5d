package dev.espalier.learning.meta;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.providers.Providers;
import java.util.List;

/** The spaces that MetaD2A knows, as {@code META-INF/services} lists them. */
public final class GraphCodings {
  private static final List<GraphCoding> ALL = Providers.of(GraphCoding.class);

  private GraphCodings() {}

  public static List<GraphCoding> all() {
    return ALL;
  }

  /**
   * The coding of the space of this name.
   *
   * @throws InvalidInput if there is none
   */
  public static GraphCoding of(String space) {
    List<String> names = ALL.stream().map(GraphCoding::space).toList();
    return ALL.stream()
        .filter(each -> each.space().equals(space))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInput(
                "MetaD2A has no graphs for the space \"%s\": it knows %s.%s"
                    .formatted(
                        space, String.join(", ", names), DidYouMean.sentence(space, names))));
  }
}
