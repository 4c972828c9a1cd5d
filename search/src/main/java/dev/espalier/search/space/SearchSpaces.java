package dev.espalier.search.space;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.providers.Providers;
import java.util.List;
import java.util.stream.Collectors;

/** The search spaces that there are, as {@code META-INF/services} lists them. */
public final class SearchSpaces {
  private static final List<SearchSpace> ALL = Providers.of(SearchSpace.class);
  private static final List<PrunableSpace> PRUNABLE =
      ALL.stream().filter(PrunableSpace.class::isInstance).map(PrunableSpace.class::cast).toList();

  private SearchSpaces() {}

  public static List<SearchSpace> all() {
    return ALL;
  }

  /** Those whose architectures are parts of a supernet. */
  public static List<PrunableSpace> prunable() {
    return PRUNABLE;
  }

  /**
   * The prunable space of this name.
   *
   * @throws InvalidInput if there is none, or it has no supernet
   */
  public static PrunableSpace prunable(String name) {
    if (named(name) instanceof PrunableSpace prunable) {
      return prunable;
    }
    throw new InvalidInput(
        "space %s has no supernet to prune: te-nas searches %s"
            .formatted(
                name,
                PRUNABLE.stream().map(SearchSpace::name).collect(Collectors.joining(" and "))));
  }

  /**
   * The tabular space of this name.
   *
   * @throws InvalidInput if there is none
   */
  public static TabularSpace tabular(String name) {
    if (named(name) instanceof TabularSpace tabular) {
      return tabular;
    }
    throw new InvalidInput(
        "space %s has no published table of all its architectures".formatted(name));
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

  /** The space that recognises an architecture; the last one if none does. */
  public static SearchSpace recognising(String pasted) {
    String architecture = Surroundings.plain(pasted);
    return ALL.stream()
        .filter(space -> space.recognises(architecture))
        .findFirst()
        .orElseGet(ALL::getLast);
  }

  /** The supernet of this string in the space that recognises it; in the last if none does. */
  static Supernet supernet(String text) {
    return PRUNABLE.stream()
        .filter(space -> space.recognisesSupernet(text))
        .findFirst()
        .orElseGet(PRUNABLE::getLast)
        .parseSupernet(text);
  }
}
