package dev.espalier.search.space;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.util.List;

/** The search spaces that can be named in a specification. */
public final class SearchSpaces {
  private static final List<SearchSpace> ALL =
      List.of(NasBench201.SPACE, DartsSpace.SPACE, ParallelSpace.PUBLISHED);

  private SearchSpaces() {}

  public static List<SearchSpace> all() {
    return ALL;
  }

  public static List<String> names() {
    return ALL.stream().map(SearchSpace::name).toList();
  }

  public static SearchSpace named(String name) {
    return ALL.stream()
        .filter(space -> space.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInput(
                "unknown search space \"%s\": allowed is %s.%s"
                    .formatted(
                        name, String.join(", ", names()), DidYouMean.sentence(name, names()))));
  }
}
