package dev.espalier.store;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What something in the store leads to.
 *
 * @param stages their keys
 * @param evaluations their ids
 * @param artifacts their SHA-256
 */
public record Reach(Set<String> stages, Set<String> evaluations, Set<String> artifacts) {
  public Reach {
    stages = Set.copyOf(stages);
    evaluations = Set.copyOf(evaluations);
    artifacts = Set.copyOf(artifacts);
  }

  /** What this leads to and the other does not. */
  Reach without(Reach other) {
    return new Reach(
        left(other, Reach::stages), left(other, Reach::evaluations), left(other, Reach::artifacts));
  }

  private Set<String> left(Reach other, Function<Reach, Set<String>> part) {
    Set<String> left = new TreeSet<>(part.apply(this));
    left.removeAll(part.apply(other));
    return left;
  }
}
