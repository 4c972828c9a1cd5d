package dev.espalier.search.space;

import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.Checks;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * A set of architectures that can be named, drawn at random and walked from neighbour to neighbour.
 * {@link SearchSpaces} finds it by its line in {@code
 * META-INF/services/dev.espalier.search.space.SearchSpace}.
 */
public interface SearchSpace {
  /** The name in specifications, such as {@code nas-bench-201}. */
  String name();

  /** The name for people. */
  String title();

  /** What architectures are, and how they are written. */
  SpaceDescription description();

  /** The number of architectures; where it is more than a long can hold, the largest one. */
  long size();

  /** The number of architectures, however many they are. */
  default BigInteger exactSize() {
    return BigInteger.valueOf(size());
  }

  /** The labels of the operators that architectures are made of. */
  List<String> operators();

  /** How the operator of this label looks wherever it is drawn: one of the {@link Palette}. */
  OperatorStyle style(String operator);

  /** Whether this text is meant to be an architecture of this space, and no other one's. */
  boolean recognises(String text);

  /**
   * The architecture of this string.
   *
   * @throws dev.espalier.search.failure.InvalidInput with the position of the mistake and what is
   *     allowed there
   */
  Architecture parse(String text);

  /**
   * The architecture of this string in any shape that a specification can give the space.
   *
   * @throws dev.espalier.search.failure.InvalidInput as {@link #parse}
   */
  default Architecture parseInAnyShape(String text) {
    return parse(text);
  }

  /** Uniform over the space. */
  Architecture random(RandomStream stream);

  /** What other programs call the notation of its architectures, where they read it. */
  default Optional<String> notationElsewhere() {
    return Optional.empty();
  }

  /** All architectures that differ in one choice, in a fixed order. */
  List<Architecture> neighbours(Architecture architecture);

  /**
   * Architectures among which are, of all through which something passes, the one with the fewest
   * multiply-adds, the one with the fewest parameters, and the one whose operators together cost
   * least, whatever each costs; empty where these are not known.
   */
  default List<Architecture> cheapest() {
    return List.of();
  }

  /** The architecture for predictors. */
  ArchitectureGraph graph(Architecture architecture);

  /**
   * What architectures share that compute the same, such as isomorphic ones; of most spaces no two
   * do.
   */
  default String isomorphismClass(Architecture architecture) {
    return architecture.canonical();
  }

  /** What is known of an architecture besides its costs. */
  default List<ArchitectureFact> facts(Architecture architecture) {
    return List.of();
  }

  /** The architecture in the networks that the space was published with, the smallest first. */
  List<StandardNetwork> standardNetworks(Architecture architecture);

  /** What the smallest of the standard networks costs. */
  default Cost standardCost(Architecture architecture) {
    return standardNetworks(architecture).getFirst().cost();
  }

  /** What the smallest of the standard networks costs with another number of classes. */
  Cost standardCost(Architecture architecture, int classes);

  /** The settings of the network around an architecture. */
  Class<? extends NetworkSettings> networkSettings();

  /** Adds what is impossible about {@code network}, whose settings are those of this space. */
  default void checkNetwork(Checks checks) {}
}
