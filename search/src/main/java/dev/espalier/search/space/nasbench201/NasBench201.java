package dev.espalier.search.space.nasbench201;

import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.ArchitectureFact;
import dev.espalier.search.space.ArchitectureGraph;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.PrunableSpace;
import dev.espalier.search.space.SpaceDescription;
import dev.espalier.search.space.SpaceDescription.Fact;
import dev.espalier.search.space.StandardNetwork;
import dev.espalier.search.space.TabularSpace;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The space of all 15,625 cells (Dong and Yang, ICLR 2020; the topology space of NATS-Bench). */
public record NasBench201() implements PrunableSpace, TabularSpace {
  /** The name in specifications. */
  public static final String NAME = "nas-bench-201";

  public static final NasBench201 SPACE = new NasBench201();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Cell ofIndex(int index) {
    return Cell.ofIndex(index);
  }

  @Override
  public int index(Architecture architecture) {
    if (architecture instanceof Cell cell) {
      return cell.index();
    }
    throw new IllegalArgumentException(architecture + " is no cell of " + NAME);
  }

  @Override
  public Optional<Architecture> withoutAPath() {
    return Optional.of(Cell.parse("|none~0|+|none~0|none~1|+|none~0|none~1|none~2|"));
  }

  @Override
  public String title() {
    return "NAS-Bench-201";
  }

  /** Lists with operators that only this space has, or of six numbers alone. */
  private static final Pattern LISTS =
      Pattern.compile("nor_conv_|^\\s*[\\[(]\\s*\\d(?:\\s*,\\s*\\d){5}\\s*[\\])]\\s*$");

  @Override
  public SpaceDescription description() {
    String edges =
        Edge.ALL.stream()
            .map(edge -> edge.target() + "←" + edge.source())
            .collect(Collectors.joining("  "));
    List<String> labels = operators();
    return new SpaceDescription(
        List.of(
            Fact.of("edges", edges),
            Fact.of(
                "operators",
                String.join(", ", labels.subList(0, 3)),
                String.join(", ", labels.subList(3, labels.size()))),
            Fact.of("written as", "|op~0|+|op~0|op~1|+|op~0|op~1|op~2|")),
        List.of(
            "A cell has an input (0), two inner nodes (1, 2) and an output (3); each node is",
            "the sum of what its incoming edges compute. Part k of the string is node k+1;",
            "op~j is the operator on the edge that comes from node j."));
  }

  @Override
  public long size() {
    return OfficialIndex.CELLS;
  }

  @Override
  public List<String> operators() {
    return Operator.ALL.stream().map(Operator::label).toList();
  }

  @Override
  public OperatorStyle style(String operator) {
    return CellStyle.of(Operator.parse(operator));
  }

  /** Only cells have a {@code ~}, between an operator and the node that it reads. */
  @Override
  public boolean recognises(String text) {
    return text.contains("~") || LISTS.matcher(text).find();
  }

  @Override
  public Cell parse(String text) {
    return Cell.parse(text);
  }

  @Override
  public Cell random(RandomStream stream) {
    return Cell.ofIndex(stream.nextInt(OfficialIndex.CELLS));
  }

  /** There are few enough to look at all. */
  @Override
  public List<Architecture> cheapest() {
    return IntStream.range(0, OfficialIndex.CELLS)
        .<Architecture>mapToObj(Cell::ofIndex)
        .filter(cell -> graph(cell).carries())
        .toList();
  }

  @Override
  public List<Architecture> neighbours(Architecture architecture) {
    return List.copyOf(Cell.parse(architecture.canonical()).neighbours());
  }

  @Override
  public ArchitectureGraph graph(Architecture architecture) {
    return ArchitectureGraph.of(
        operators(), List.of(""), Edge.NODES, architecture.placed(), List.of());
  }

  @Override
  public String isomorphismClass(Architecture architecture) {
    return ((Cell) architecture).isomorphismClass();
  }

  @Override
  public List<ArchitectureFact> facts(Architecture architecture) {
    Cell cell = (Cell) architecture;
    return List.of(
        new ArchitectureFact("index", "official index", cell.index()),
        new ArchitectureFact("isomorphismClass", "class", cell.isomorphismClass()));
  }

  /** The benchmark's own network. */
  @Override
  public List<StandardNetwork> standardNetworks(Architecture architecture) {
    return List.of(
        new StandardNetwork(
            NetworkCost.of((Cell) architecture, NetworkShape.STANDARD),
            "of the network with C=16, N=5 for 10 classes of 32x32 images"));
  }

  @Override
  public Cost standardCost(Architecture architecture, int classes) {
    return NetworkCost.of((Cell) architecture, NetworkShape.STANDARD.withClasses(classes));
  }

  @Override
  public Class<? extends NetworkSettings> networkSettings() {
    return CellNetwork.class;
  }

  /** All cells by official index. */
  public List<Cell> cells() {
    return IntStream.range(0, OfficialIndex.CELLS).mapToObj(Cell::ofIndex).toList();
  }

  @Override
  public OperatorMask supernet(boolean all) {
    return OperatorMask.full(all ? EnumSet.allOf(Operator.class) : publishedOperators());
  }

  /** Both notations have edges between bars; other supernets have none. */
  @Override
  public boolean recognisesSupernet(String text) {
    return text.strip().startsWith("|");
  }

  @Override
  public OperatorMask parseSupernet(String text) {
    return OperatorMask.parse(text);
  }

  @Override
  public OperatorMask supernet(List<List<String>> labels) {
    return new OperatorMask(
        labels.stream()
            .map(edge -> edge.stream().map(Operator::parse).collect(Collectors.toSet()))
            .toList());
  }

  @Override
  public CellNetwork network(int channels, int cells) {
    return new CellNetwork(channels, cells);
  }

  @Override
  public OperatorMask mask(Architecture architecture) {
    return ((Cell) architecture).mask();
  }

  /** The four operators that the published TE-NAS program searches: all but {@code none}. */
  public static Set<Operator> publishedOperators() {
    return EnumSet.complementOf(EnumSet.of(Operator.NONE));
  }
}
