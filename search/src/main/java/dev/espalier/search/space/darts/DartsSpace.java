package dev.espalier.search.space.darts;

import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.PrunableSpace;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * The space of all pairs of a normal and a reduction cell whose nodes read two different states
 * each, through any operator but {@code none}: about 10<sup>18</sup> genotypes.
 */
public final class DartsSpace implements PrunableSpace {
  public static final String NAME = "darts";

  public static final DartsSpace SPACE = new DartsSpace();

  /** The seven operators that genotypes are made of: all but {@code none}. */
  static final List<DartsOperator> PUBLISHED_OPERATORS =
      DartsOperator.ALL.stream().filter(operator -> operator != DartsOperator.NONE).toList();

  private DartsSpace() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "DARTS";
  }

  @Override
  public long size() {
    long cells = 1;
    for (int node = 0; node < DartsEdge.NODES; node++) {
      long states = (long) DartsEdge.INPUTS + node;
      long operators = PUBLISHED_OPERATORS.size();
      cells *= states * (states - 1) / 2 * operators * operators;
    }
    return Math.multiplyExact(cells, cells);
  }

  @Override
  public Genotype parse(String text) {
    return Genotype.parse(text);
  }

  @Override
  public Genotype random(RandomStream stream) {
    return new Genotype(cell(stream), cell(stream));
  }

  private static DartsCell cell(RandomStream stream) {
    List<DartsCell.Gene> genes = new ArrayList<>(DartsCell.GENES);
    for (int node = 0; node < DartsEdge.NODES; node++) {
      int states = DartsEdge.INPUTS + node;
      int first = stream.nextInt(states);
      int second = stream.nextInt(states - 1);
      genes.add(gene(first, stream));
      genes.add(gene(second < first ? second : second + 1, stream));
    }
    return new DartsCell(genes);
  }

  private static DartsCell.Gene gene(int source, RandomStream stream) {
    return new DartsCell.Gene(
        PUBLISHED_OPERATORS.get(stream.nextInt(PUBLISHED_OPERATORS.size())), source);
  }

  @Override
  public List<Architecture> neighbours(Architecture architecture) {
    return List.copyOf(Genotype.parse(architecture.canonical()).neighbours());
  }

  @Override
  public DartsMask supernet(boolean all) {
    return DartsMask.full(
        all ? EnumSet.allOf(DartsOperator.class) : EnumSet.copyOf(PUBLISHED_OPERATORS));
  }
}
