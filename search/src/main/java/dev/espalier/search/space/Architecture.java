package dev.espalier.search.space;

/** A member of a search space. */
public interface Architecture {
  /** The one canonical string, parsed and printed without loss. */
  String canonical();
}
