package dev.espalier.learning.space;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.providers.Providers;
import dev.espalier.search.space.PrunableSpace;
import dev.espalier.search.space.SearchSpace;
import java.util.List;
import java.util.stream.Collectors;

/** The networks of all spaces, as {@code META-INF/services} lists them. */
public final class NetworksBySpace {
  private static final List<SpaceNetworks> ALL = Providers.of(SpaceNetworks.class);

  private NetworksBySpace() {}

  public static List<SpaceNetworks> all() {
    return ALL;
  }

  /** Checks that this process can compute with all of them. */
  public static void requireProcessor() {
    ALL.forEach(SpaceNetworks::requireProcessor);
  }

  /** The networks of a space, which may have a shape of its own. */
  public static SpaceNetworks of(SearchSpace space) {
    return ALL.stream()
        .filter(each -> each.space().equals(space.name()))
        .findFirst()
        .orElseThrow(() -> new InvalidInput("no networks are known of the space " + space.name()));
  }

  /**
   * The networks of a space that can be measured without training.
   *
   * @throws InvalidInput if it has none
   */
  public static MeasuredNetworks measured(SearchSpace space) {
    if (of(space) instanceof MeasuredNetworks measured) {
      return measured;
    }
    throw new InvalidInput(
        "there are no indicators for the space %s: score %s"
            .formatted(
                space.name(),
                ALL.stream()
                    .filter(MeasuredNetworks.class::isInstance)
                    .map(SpaceNetworks::space)
                    .collect(Collectors.joining(" or "))));
  }

  /**
   * The networks of a prunable space, whose supernets can be measured.
   *
   * @throws InvalidInput if they cannot
   */
  public static SupernetNetworks supernets(PrunableSpace space) {
    if (of(space) instanceof SupernetNetworks networks) {
      return networks;
    }
    throw new InvalidInput("supernets of the space %s cannot be measured".formatted(space.name()));
  }
}
