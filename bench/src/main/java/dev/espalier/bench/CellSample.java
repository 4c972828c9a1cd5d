package dev.espalier.bench;

import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.space.nasbench201.NetworkCost;
import dev.espalier.search.space.nasbench201.NetworkShape;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.search.table.AccuracyTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cells, one of each class of isomorphic ones, with what they reach when trained. */
final class CellSample {
  private final AccuracyTable table;
  private final List<Cell> cells;
  private final double[] parameters;
  private final Map<TableData, double[]> accuracies = new EnumMap<>(TableData.class);

  private CellSample(AccuracyTable table, List<Cell> cells) {
    this.table = table;
    this.cells = List.copyOf(cells);
    this.parameters = cells.stream().mapToDouble(CellSample::parameters).toArray();
    for (TableData data : TableData.values()) {
      accuracies.put(
          data, cells.stream().mapToDouble(cell -> data.accuracy(table, cell)).toArray());
    }
  }

  /**
   * One cell of each of so many classes, in a shuffled order.
   *
   * @param count 0: of every class there is
   */
  static CellSample of(AccuracyTable table, int count) {
    RandomStream stream = RandomStream.of(0, "setting-study");
    Set<String> seen = new LinkedHashSet<>();
    List<Cell> cells = new ArrayList<>();
    List<Cell> all = NasBench201.SPACE.cells();
    for (int index : stream.permutation(all.size())) {
      if (seen.add(all.get(index).isomorphismClass())) {
        cells.add(all.get(index));
      }
      if (cells.size() == count) {
        break;
      }
    }
    return new CellSample(table, cells);
  }

  /** The same table's accuracies of other cells. */
  CellSample with(List<Cell> others) {
    return new CellSample(table, others);
  }

  List<Cell> cells() {
    return cells;
  }

  /** Of each cell's standard network. */
  double[] parameters() {
    return parameters.clone();
  }

  private static double parameters(Cell cell) {
    return NetworkCost.of(cell, NetworkShape.STANDARD).parameters();
  }

  /**
   * How well the cells are ranked: by single seeds (Spearman, averaged), and by all together.
   *
   * @param bySeed {@code [seed][cell]}, larger is better
   * @param together of all seeds, {@code [cell]}
   */
  Map<String, Object> quality(double[][] bySeed, double[] together) {
    Map<String, Object> quality = new LinkedHashMap<>();
    accuracies.forEach((data, reached) -> {
      double[] single =
          Arrays.stream(bySeed).mapToDouble(each -> Statistics.spearman(each, reached)).toArray();
      Map<String, Object> of = new LinkedHashMap<>();
      of.put("oneSeed", Statistics.mean(single));
      of.put("allSeeds", RankQuality.of(together, reached, parameters));
      quality.put(data.label(), of);
    });
    if (bySeed.length > 1) {
      quality.put("seedsAgree", Statistics.kendallTau(bySeed[0], bySeed[1]));
    }
    return quality;
  }
}
