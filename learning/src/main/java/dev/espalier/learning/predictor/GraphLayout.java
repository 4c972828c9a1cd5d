package dev.espalier.learning.predictor;

import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.List;

/**
 * What the graphs of all architectures of a space have in common: states, and places between two
 * states where operations may stand. An architecture marks at every place the operations that it
 * has there: one of them in a space of one-hot choices, or several that are summed.
 *
 * <p>As vertices: a state comes before the operations of the places that leave it, place by place.
 * An operation that is marked has an edge from the place's source and one to its target; the others
 * are isolated.
 *
 * @param places by their source, none twice
 * @param operations candidates of every place
 */
public record GraphLayout(int states, List<Place> places, int operations) {
  /** Between two states, counted from 0. */
  public record Place(int source, int target) {}

  public GraphLayout {
    places = List.copyOf(places);
    int before = 0;
    for (Place place : places) {
      if (place.source() < before || place.target() <= place.source() || place.target() >= states) {
        throw new InvalidInput(
            "%s does not lead from a state to a later one of %d, or is out of order"
                .formatted(place, states));
      }
      before = place.source();
    }
    if (places.isEmpty() || operations < 1) {
      throw new InvalidInput("a graph needs at least 1 place and 1 operation");
    }
  }

  /** So many places one after another. */
  public static GraphLayout chain(int places, int operations) {
    List<Place> all = new ArrayList<>();
    for (int i = 0; i < places; i++) {
      all.add(new Place(i, i + 1));
    }
    return new GraphLayout(places + 1, all, operations);
  }

  /** Whether the places are one after another. */
  boolean isChain() {
    return equals(chain(places.size(), operations));
  }

  /** One number for every operation of every place. */
  public int marks() {
    return places.size() * operations;
  }

  int vertices() {
    return states + marks();
  }

  int vertexOfState(int state) {
    long left = places.stream().filter(place -> place.source() < state).count();
    return state + operations * Math.toIntExact(left);
  }

  int vertexOf(int place, int operation) {
    return place * operations + places.get(place).source() + 1 + operation;
  }
}
