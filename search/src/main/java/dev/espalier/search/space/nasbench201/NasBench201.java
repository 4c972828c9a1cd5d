package dev.espalier.search.space.nasbench201;

import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.PrunableSpace;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The space of all 15,625 cells (Dong and Yang, ICLR 2020; the topology space of NATS-Bench). */
public final class NasBench201 implements PrunableSpace {
  /** The name in specifications. */
  public static final String NAME = "nas-bench-201";

  public static final NasBench201 SPACE = new NasBench201();

  private NasBench201() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isTabular() {
    return true;
  }

  @Override
  public String title() {
    return "NAS-Bench-201";
  }

  @Override
  public long size() {
    return OfficialIndex.CELLS;
  }

  @Override
  public Cell parse(String text) {
    return Cell.parse(text);
  }

  @Override
  public Cell random(RandomStream stream) {
    return Cell.ofIndex(stream.nextInt(OfficialIndex.CELLS));
  }

  @Override
  public List<Architecture> neighbours(Architecture architecture) {
    return List.copyOf(Cell.parse(architecture.canonical()).neighbours());
  }

  /** All cells by official index. */
  public List<Cell> cells() {
    return IntStream.range(0, OfficialIndex.CELLS).mapToObj(Cell::ofIndex).toList();
  }

  @Override
  public OperatorMask supernet(boolean all) {
    return OperatorMask.full(all ? EnumSet.allOf(Operator.class) : publishedOperators());
  }

  /** The four operators that the published TE-NAS program searches: all but {@code none}. */
  public static Set<Operator> publishedOperators() {
    return EnumSet.complementOf(EnumSet.of(Operator.NONE));
  }
}
