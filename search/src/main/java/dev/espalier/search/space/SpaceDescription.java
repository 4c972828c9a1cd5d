package dev.espalier.search.space;

import java.util.List;

/**
 * A space for people.
 *
 * @param facts in two columns
 * @param prose lines below them, of at most 76 characters
 */
public record SpaceDescription(List<Fact> facts, List<String> prose) {
  public SpaceDescription {
    facts = List.copyOf(facts);
    prose = List.copyOf(prose);
  }

  /** A fact, which may take several lines of at most 58 characters. */
  public record Fact(String name, List<String> lines) {
    public Fact {
      lines = List.copyOf(lines);
    }

    public static Fact of(String name, String... lines) {
      return new Fact(name, List.of(lines));
    }
  }
}
