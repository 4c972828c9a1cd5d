package dev.espalier.activities.method.neuralpredictor;

import dev.espalier.activities.data.ArchitectureTables;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.TabularSpace;
import java.util.AbstractList;
import java.util.List;

/**
 * Who is ranked, as canonical strings: those that were drawn, all of the table, or of the space.
 */
final class Candidates {
  private Candidates() {}

  /**
   * @param listed SHA-256 of their list; empty where they are all of the table, or of the space
   * @param tableDigest empty without a table
   */
  static List<String> of(
      NeuralPredictorSpecification specification,
      String listed,
      String tableDigest,
      Lists lists,
      ArchitectureTables tables) {
    if (!listed.isEmpty()) {
      return lists.architectures(listed);
    }
    return tableDigest.isEmpty()
        ? all(SearchSpaces.tabular(specification.space()))
        : tables.find(specification.table(), tableDigest, null).architectures();
  }

  private static List<String> all(TabularSpace space) {
    return new AbstractList<>() {
      @Override
      public String get(int index) {
        return space.ofIndex(index).canonical();
      }

      @Override
      public int size() {
        return Math.toIntExact(space.size());
      }
    };
  }
}
