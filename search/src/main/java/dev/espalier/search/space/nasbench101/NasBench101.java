package dev.espalier.search.space.nasbench101;

import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.Checks;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.ArchitectureFact;
import dev.espalier.search.space.ArchitectureGraph;
import dev.espalier.search.space.CellMatrix;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.ForeignNotation;
import dev.espalier.search.space.MatrixSpace;
import dev.espalier.search.space.NetworkChecks;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.SpaceDescription;
import dev.espalier.search.space.SpaceDescription.Fact;
import dev.espalier.search.space.StandardNetwork;
import dev.espalier.search.space.TabularSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The space of all 423,624 different cells (Ying et al., ICML 2019). */
public record NasBench101() implements TabularSpace, MatrixSpace {
  /** The name in specifications. */
  public static final String NAME = "nas-bench-101";

  public static final NasBench101 SPACE = new NasBench101();

  private static final int IMAGE_SIZE = 32;
  private static final int CLASSES = 10;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "NAS-Bench-101";
  }

  @Override
  public SpaceDescription description() {
    return new SpaceDescription(
        List.of(
            Fact.of("vertices", "at most 7: input (0), operations, output"),
            Fact.of("edges", "at most 9, from a lower vertex to a higher one"),
            Fact.of("operations", String.join(", ", operators())),
            Fact.of("written as", GraphCellNotation.EXAMPLE)),
        List.of(
            "Each vertex behind the input, and the vertices that it reads. An operation",
            "reads their sum; the input is brought to its channels by a 1x1 convolution.",
            "The output puts what it reads side by side, and adds the input if it reads",
            "it. Isomorphic cells are one. Also read: the official hash, and a matrix with",
            "its operations, [[0,1,...],...], ['input','conv3x3-bn-relu',...,'output']."));
  }

  @Override
  public long size() {
    return AllCells.COUNT;
  }

  @Override
  public GraphCell ofIndex(int index) {
    return GraphCell.ofIndex(index);
  }

  @Override
  public int index(Architecture architecture) {
    if (architecture instanceof GraphCell cell) {
      return cell.index();
    }
    throw new IllegalArgumentException(architecture + " is no cell of " + NAME);
  }

  /** Every vertex of every cell lies on a path. */
  @Override
  public Optional<Architecture> withoutAPath() {
    return Optional.empty();
  }

  @Override
  public List<String> operators() {
    return VertexOperation.ALL.stream().map(VertexOperation::label).toList();
  }

  @Override
  public OperatorStyle style(String operator) {
    return VertexStyle.of(VertexOperation.labelled(operator));
  }

  @Override
  public boolean recognises(String text) {
    return ForeignNotation.MODULE.describes(text);
  }

  @Override
  public GraphCell parse(String text) {
    return GraphCell.parse(text);
  }

  @Override
  public GraphCell ofMatrix(CellMatrix matrix) {
    return MatrixSpelling.ofRows(matrix.rows(), matrix.operations());
  }

  /** Operations by the benchmark's names. */
  @Override
  public CellMatrix matrix(Architecture architecture) {
    return MatrixSpelling.of((GraphCell) architecture);
  }

  @Override
  public String hash(Architecture architecture) {
    return ((GraphCell) architecture).hash();
  }

  /** Uniform over the different cells. */
  @Override
  public GraphCell random(RandomStream stream) {
    return GraphCell.ofIndex(stream.nextInt(AllCells.COUNT));
  }

  @Override
  public List<Architecture> neighbours(Architecture architecture) {
    return List.copyOf(GraphCellNeighbours.of(GraphCell.parse(architecture.canonical())));
  }

  /** The vertices in their order; the input, which is the first, and the output are states. */
  @Override
  public ArchitectureGraph graph(Architecture architecture) {
    GraphCell cell = (GraphCell) architecture;
    List<Integer> kinds = new ArrayList<>(List.of(0));
    cell.operations().forEach(operation -> kinds.add(operation.index() + 1));
    kinds.add(0);
    List<ArchitectureGraph.Edge> edges = new ArrayList<>();
    for (int target = 1; target < cell.vertices(); target++) {
      for (int source : cell.sources(target)) {
        edges.add(new ArchitectureGraph.Edge(source, target));
      }
    }
    return new ArchitectureGraph(operators(), kinds, edges);
  }

  @Override
  public List<ArchitectureFact> facts(Architecture architecture) {
    GraphCell cell = (GraphCell) architecture;
    return List.of(
        new ArchitectureFact("hash", "official hash", cell.hash()),
        new ArchitectureFact("index", "official order", cell.index()),
        new ArchitectureFact("vertices", "vertices", cell.vertices()),
        new ArchitectureFact("edges", "edges", cell.edges()));
  }

  /** The benchmark's own network. */
  @Override
  public List<StandardNetwork> standardNetworks(Architecture architecture) {
    return List.of(
        new StandardNetwork(
            standardCost(architecture, CLASSES),
            "of the network with C=128, 3 stacks of 3 cells for 10 classes of 32x32 images"));
  }

  @Override
  public Cost standardCost(Architecture architecture, int classes) {
    return GraphCellNetwork.PUBLISHED.cost(architecture, IMAGE_SIZE, classes);
  }

  @Override
  public Class<? extends NetworkSettings> networkSettings() {
    return GraphCellNetwork.class;
  }

  @Override
  public void checkNetwork(Checks checks) {
    if (checks.usable("network.channels")
        && checks.number("network.channels") < GraphWidths.LEAST_CHANNELS) {
      checks.problem(
          "network.channels must be at least %d, since a cell may have so many vertices side by side, but was %d.",
          GraphWidths.LEAST_CHANNELS, checks.number("network.channels"));
    }
    long stride = 1L << (checks.number("network.stacks") - 1);
    if (checks.usable("network.stacks", "evaluation.imageSize")
        && checks.number("evaluation.imageSize") % stride != 0) {
      checks.problem(
          "evaluation.imageSize (%d) must be a multiple of %d, since %d stacks halve it so often.",
          checks.number("evaluation.imageSize"), stride, checks.number("network.stacks"));
    }
    if (NetworkChecks.hasAuxiliaryHead(checks)) {
      checks.problem(
          "evaluation.auxiliaryWeight must be 0 for cells of NAS-Bench-101: their networks have no auxiliary head.");
    }
  }
}
