package dev.espalier.search.space.darts;

import java.util.List;

/** The two cells of an architecture. */
public enum CellType {
  /** Keeps height and width. */
  NORMAL("normal"),
  /** Halves height and width: the edges from its two inputs have stride 2. */
  REDUCTION("reduce");

  public static final List<CellType> ALL = List.of(values());

  private final String label;

  CellType(String label) {
    this.label = label;
  }

  /** This type's place in {@link #ALL}. */
  public int index() {
    return ALL.indexOf(this);
  }

  /** As in a genotype. */
  public String label() {
    return label;
  }
}
