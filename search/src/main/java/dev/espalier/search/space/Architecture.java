package dev.espalier.search.space;

import java.util.List;

/** A member of a search space. */
public interface Architecture {
  /** The one canonical string, parsed and printed without loss. */
  String canonical();

  /** Its operators and where they stand, in the order of its string. */
  List<PlacedOperator> placed();

  /** A picture for a page: transparent ground, readable on light and dark. */
  String svg();

  /** A picture for Graphviz. */
  String dot();

  /** A picture for a terminal: at most 76 columns, box-drawing characters. */
  String text();
}
