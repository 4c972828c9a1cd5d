package dev.espalier.search.space.darts;

import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.Checks;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.ArchitectureGraph;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.EdgeEnds;
import dev.espalier.search.space.ForeignNotation;
import dev.espalier.search.space.NetworkChecks;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.PrunableSpace;
import dev.espalier.search.space.SpaceDescription;
import dev.espalier.search.space.SpaceDescription.Fact;
import dev.espalier.search.space.StandardNetwork;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The space of all pairs of a normal and a reduction cell whose nodes read two different states
 * each, through any operator but {@code none}: about 10<sup>18</sup> genotypes.
 */
public record DartsSpace() implements PrunableSpace {
  public static final String NAME = "darts";

  public static final DartsSpace SPACE = new DartsSpace();

  /** The seven operators that genotypes are made of: all but {@code none}. */
  static final List<DartsOperator> PUBLISHED_OPERATORS =
      DartsOperator.ALL.stream().filter(operator -> operator != DartsOperator.NONE).toList();

  private static final Pattern BRACKETS = Pattern.compile("[(\\[{]");
  private static final Pattern OTHERS =
      Pattern.compile("~|nor_conv_|^\\s*[\\[(]\\s*\\d(?:\\s*,\\s*\\d){5}\\s*[\\])]\\s*$");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> notationElsewhere() {
    return Optional.of("genotype");
  }

  @Override
  public String title() {
    return "DARTS";
  }

  @Override
  public SpaceDescription description() {
    List<String> labels = operators();
    return new SpaceDescription(
        List.of(
            Fact.of("cells", "a normal and a reduction cell of four nodes, 2 to 5"),
            Fact.of(
                "operators",
                String.join(", ", labels.subList(1, 5)),
                String.join(", ", labels.subList(5, labels.size()))),
            Fact.of(
                "written as",
                "Genotype(normal=[('op', j), ...],",
                "normal_concat=range(2, 6), reduce=[...], ...)")),
        List.of(
            "Genes come in pairs, one pair for each node: a node is the sum of its two",
            "operators, each of which reads state j. States 0 and 1 are the outputs of",
            "the two cells before. The cell's output is the four nodes side by side."));
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
  public List<String> operators() {
    return DartsOperator.ALL.stream().map(DartsOperator::label).toList();
  }

  @Override
  public OperatorStyle style(String operator) {
    return DartsStyle.of(DartsOperator.parse(operator));
  }

  /** Genotypes have brackets, and cells of other spaces a {@code ~} or operators of their own. */
  @Override
  public boolean recognises(String text) {
    return BRACKETS.matcher(text).find()
        && !OTHERS.matcher(text).find()
        && !ForeignNotation.MODULE.describes(text)
        && !ForeignNotation.ELASTIC.describes(text);
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

  /** The output of a cell, behind its four nodes, is one more state. */
  @Override
  public ArchitectureGraph graph(Architecture architecture) {
    int output = DartsEdge.INPUTS + DartsEdge.NODES;
    List<EdgeEnds> joined =
        CellType.ALL.stream()
            .flatMap(type ->
                IntStream.range(DartsEdge.INPUTS, output)
                    .mapToObj(state -> new EdgeEnds(type.label(), state, output)))
            .toList();
    return ArchitectureGraph.of(
        operators(),
        CellType.ALL.stream().map(CellType::label).toList(),
        output + 1,
        architecture.placed(),
        joined);
  }

  /** The networks for CIFAR-10 and for ImageNet. */
  @Override
  public List<StandardNetwork> standardNetworks(Architecture architecture) {
    return Stream.of(DartsShape.CIFAR, DartsShape.IMAGENET)
        .map(shape ->
            new StandardNetwork(
                DartsCost.of((Genotype) architecture, shape),
                "of the network with C=%d, %d cells for %d classes of %dx%d images"
                    .formatted(
                        shape.channels(),
                        shape.cells(),
                        shape.classes(),
                        shape.imageSize(),
                        shape.imageSize())))
        .toList();
  }

  @Override
  public Cost standardCost(Architecture architecture, int classes) {
    return DartsCost.of((Genotype) architecture, DartsShape.CIFAR.withClasses(classes));
  }

  @Override
  public Class<? extends NetworkSettings> networkSettings() {
    return GenotypeNetwork.class;
  }

  @Override
  public void checkNetwork(Checks checks) {
    boolean imageNet = checks.text("network.skeleton").equals("imagenet");
    int channels = (int) checks.number("network.channels");
    if (imageNet && channels % 2 != 0) {
      checks.problem(
          "network.channels must be even behind the skeleton imagenet, but was %d.", channels);
      return;
    }
    if (checks.usable("evaluation.imageSize") && NetworkChecks.hasAuxiliaryHead(checks)) {
      DartsShape.Stem stem = imageNet ? DartsShape.Stem.IMAGENET : DartsShape.Stem.CIFAR;
      int size = (int) checks.number("evaluation.imageSize");
      int cells = (int) checks.number("network.cells");
      if (new DartsShape(stem, channels, cells, 1, size, 1).lastSize() < 2) {
        checks.problem(
            "evaluation.imageSize (%d) leaves the auxiliary head a single pixel: "
                + "use at least %d, or set evaluation.auxiliaryWeight to 0.",
            size, imageNet ? 36 : 8);
      }
    }
  }

  /** Only it begins with the normal cell's name. */
  @Override
  public boolean recognisesSupernet(String text) {
    return text.strip().startsWith(CellType.NORMAL.label() + "=");
  }

  @Override
  public DartsMask parseSupernet(String text) {
    return DartsMask.parse(text);
  }

  @Override
  public DartsMask supernet(List<List<String>> labels) {
    return new DartsMask(
        labels.stream()
            .map(edge -> edge.stream().map(DartsOperator::parse).collect(Collectors.toSet()))
            .toList());
  }

  @Override
  public GenotypeNetwork network(int channels, int cells) {
    return new GenotypeNetwork("cifar", channels, cells);
  }

  @Override
  public DartsMask mask(Architecture architecture) {
    return ((Genotype) architecture).mask();
  }

  @Override
  public DartsMask supernet(boolean all) {
    return DartsMask.full(
        all ? EnumSet.allOf(DartsOperator.class) : EnumSet.copyOf(PUBLISHED_OPERATORS));
  }
}
