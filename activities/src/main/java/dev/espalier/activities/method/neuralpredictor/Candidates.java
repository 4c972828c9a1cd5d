package dev.espalier.activities.method.neuralpredictor;

import dev.espalier.activities.data.ArchitectureTables;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.TabularSpace;
import dev.espalier.workflows.method.neuralpredictor.RankActivities.Ranking;
import java.util.AbstractList;
import java.util.List;

/**
 * Who is ranked, as canonical strings: those that were drawn, all of the table, or of the space.
 */
final class Candidates {
  private Candidates() {}

  static List<String> of(
      NeuralPredictorSpecification specification,
      Ranking ranking,
      Lists lists,
      ArchitectureTables tables) {
    if (!ranking.listed().isEmpty()) {
      return lists.architectures(ranking.listed());
    }
    return ranking.tableDigest().isEmpty()
        ? all(SearchSpaces.tabular(specification.space()))
        : tables.find(specification.table(), ranking.tableDigest(), null).architectures();
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
