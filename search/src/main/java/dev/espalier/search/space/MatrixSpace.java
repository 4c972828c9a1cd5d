package dev.espalier.search.space;

/**
 * A space of cells that public programs spell as a matrix with operations, and name by a hash that
 * isomorphic ones share.
 */
public interface MatrixSpace extends SearchSpace {
  /**
   * The cell of a matrix and operations, without what lies on no path.
   *
   * @throws dev.espalier.search.failure.InvalidInput with the place of the mistake
   */
  Architecture ofMatrix(CellMatrix matrix);

  /** The matrix and operations of a cell of this space, its vertices in the space's order. */
  CellMatrix matrix(Architecture architecture);

  /** The published hash of a cell of this space, in lower-case hexadecimal digits. */
  String hash(Architecture architecture);
}
