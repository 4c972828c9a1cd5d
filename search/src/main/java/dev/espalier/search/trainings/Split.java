package dev.espalier.search.trainings;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Digest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Some rows of a table, in the order in which they were drawn. */
public final class Split {
  private final String name;
  private final int rows;
  private final int[] indices;

  /**
   * @param rows of the table
   * @param indices all different, below {@code rows}; copied
   */
  public Split(String name, int rows, int[] indices) {
    this.name = name;
    this.rows = rows;
    this.indices = indices.clone();
    BitSet seen = new BitSet(rows);
    for (int index : indices) {
      if (index < 0 || index >= rows || seen.get(index)) {
        throw new IllegalArgumentException(
            "row %d of %d is none, or is there twice".formatted(index, rows));
      }
      seen.set(index);
    }
  }

  /** As it was asked for. */
  public String name() {
    return name;
  }

  /** Of the whole table. */
  public int rows() {
    return rows;
  }

  public int size() {
    return indices.length;
  }

  /** The rows, in their order. */
  public int[] indices() {
    return indices.clone();
  }

  /**
   * The others of this one's rows: what may be evaluated on after learning from {@code learned}.
   */
  public Split without(Split learned) {
    BitSet out = new BitSet(rows);
    Arrays.stream(learned.indices).forEach(out::set);
    return new Split(
        name + "-without-" + learned.name,
        rows,
        Arrays.stream(indices).filter(index -> !out.get(index)).toArray());
  }

  /** How many rows both have. */
  public int shared(Split other) {
    return size() - without(other).size();
  }

  /** Its rows and their order, as they are kept: RFC 8785. */
  public String canonical() {
    List<Integer> all = Arrays.stream(indices).boxed().toList();
    return CanonicalJson.of(Map.of("rows", rows, "indices", all));
  }

  /** SHA-256 of the canonical form: equal for equal rows in equal order, whatever the name. */
  public String digest() {
    return Digest.sha256(canonical());
  }
}
