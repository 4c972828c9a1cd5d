package dev.espalier.cli.view;

import dev.espalier.api.report.Figures;
import dev.espalier.search.drawing.Drawing;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.darts.DartsCost;
import dev.espalier.search.space.darts.DartsOperator;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.darts.Genotype;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.space.nasbench201.NetworkCost;
import dev.espalier.search.space.nasbench201.NetworkShape;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.parallel.Cost;
import dev.espalier.search.space.parallel.Costs;
import dev.espalier.search.space.parallel.LayerShape;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.Operation;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Search spaces and architectures, described. */
public final class SpacePage {

  private SpacePage() {}

  public static List<String> list(List<SearchSpace> spaces, Style style) {
    TextTable table = TextTable.of("NAME", "ARCHITECTURES>", "TITLE");
    spaces.forEach(space -> table.row(space.name(), Figures.count(space.size()), space.title()));
    return table.lines(style, 0);
  }

  public static List<String> space(SearchSpace space, Style style) {
    List<String> lines = new ArrayList<>();
    lines.add(style.strong(space.title()) + style.quiet("  " + space.name()));
    lines.add("");
    lines.add("  " + fact(style, "architectures") + Figures.count(space.size()));
    if (space instanceof NasBench201) {
      cells(lines, style);
    }
    if (space instanceof DartsSpace) {
      genotypes(lines, style);
    }
    if (space instanceof ParallelSpace parallel) {
      layers(lines, parallel.shape(), style);
    }
    return lines;
  }

  private static void cells(List<String> lines, Style style) {
    String edges = Edge.ALL.stream().map(SpacePage::edge).collect(Collectors.joining("  "));
    lines.add("  " + fact(style, "edges") + edges);
    lines.add("  " + fact(style, "operators") + labels(Operator.ALL.subList(0, 3)));
    lines.add("  " + " ".repeat(17) + labels(Operator.ALL.subList(3, Operator.ALL.size())));
    lines.add("  " + fact(style, "written as") + "|op~0|+|op~0|op~1|+|op~0|op~1|op~2|");
    lines.add("");
    lines.add("  A cell has an input (0), two inner nodes (1, 2) and an output (3); each node is");
    lines.add("  the sum of what its incoming edges compute. Part k of the string is node k+1;");
    lines.add("  op~j is the operator on the edge that comes from node j.");
  }

  private static void genotypes(List<String> lines, Style style) {
    lines.add("  " + fact(style, "cells") + "a normal and a reduction cell of four nodes, 2 to 5");
    lines.add("  " + fact(style, "operators") + darts(DartsOperator.ALL.subList(1, 5)));
    lines.add(
        "  " + " ".repeat(17) + darts(DartsOperator.ALL.subList(5, DartsOperator.ALL.size())));
    lines.add("  " + fact(style, "written as") + "Genotype(normal=[('op', j), ...],");
    lines.add("  " + " ".repeat(17) + "normal_concat=range(2, 6), reduce=[...], ...)");
    lines.add("");
    lines.add("  Genes come in pairs, one pair for each node: a node is the sum of its two");
    lines.add("  operators, each of which reads state j. States 0 and 1 are the outputs of");
    lines.add("  the two cells before. The cell's output is the four nodes side by side.");
  }

  private static String darts(List<DartsOperator> operators) {
    return operators.stream().map(DartsOperator::label).collect(Collectors.joining(", "));
  }

  private static void layers(List<String> lines, MacroShape shape, Style style) {
    lines.add("  " + fact(style, "stem") + shape.stem() + " channels");
    for (int layer = 0; layer < shape.layers().size(); layer++) {
      LayerShape each = shape.layers().get(layer);
      lines.add(
          "  "
              + fact(style, "layer " + (layer + 1))
              + "%d channels%s"
                  .formatted(each.channels(), each.stride() == 1 ? "" : ", image halved"));
    }
    lines.add("  " + fact(style, "tail") + shape.tail() + " channels");
    lines.add(
        "  "
            + fact(style, "operations")
            + shape.operations().stream().map(Operation::label).collect(Collectors.joining(", ")));
    lines.add("  " + fact(style, "written as") + "op+op|op|op+op+op: one part for every layer");
    lines.add("");
    lines.add("  A layer sums what some of the operations compute, at least one: skip; sepK,");
    lines.add("  two depthwise separable KxK convolutions; dilK, one of dilation 2.");
    lines.add("  A space of your own is a YAML file with stem, layers, operations and tail:");
    lines.add("  espalier run gnn-evolution --space FILE.yaml");
  }

  public static List<String> architecture(
      SearchSpace space, Architecture architecture, Style style) {
    List<String> lines = new ArrayList<>();
    Drawing.text(architecture).lines().forEach(line -> lines.add(("  " + line).stripTrailing()));
    lines.add("");
    lines.add("  " + style.strong(architecture.canonical()));
    if (architecture instanceof Cell cell) {
      NetworkCost cost = NetworkCost.of(cell, NetworkShape.STANDARD);
      lines.add("");
      lines.add("  " + fact(style, "official index") + cell.index());
      lines.add("  " + fact(style, "class") + cell.isomorphismClass());
      lines.add("  " + fact(style, "parameters") + Figures.count(cost.parameters()));
      lines.add("  " + fact(style, "multiply-adds") + Figures.count(cost.macs()));
      lines.add(style.quiet("  of the network with C=16, N=5 for 10 classes of 32x32 images"));
    }
    if (architecture instanceof Genotype genotype) {
      for (DartsShape shape : List.of(DartsShape.CIFAR, DartsShape.IMAGENET)) {
        DartsCost cost = DartsCost.of(genotype, shape);
        lines.add("");
        lines.add("  " + fact(style, "parameters") + Figures.count(cost.parameters()));
        lines.add("  " + fact(style, "multiply-adds") + Figures.count(cost.macs()));
        lines.add(
            style.quiet(
                "  of the network with C=%d, %d cells for %d classes of %dx%d images"
                    .formatted(
                        shape.channels(),
                        shape.cells(),
                        shape.classes(),
                        shape.imageSize(),
                        shape.imageSize())));
      }
    }
    if (space instanceof ParallelSpace parallel
        && architecture instanceof ParallelArchitecture layers) {
      Cost cost = costs(parallel).of(layers);
      lines.add("");
      lines.add("  " + fact(style, "parameters") + Figures.count(cost.parameters()));
      lines.add("  " + fact(style, "multiply-adds") + Figures.count(cost.macs()));
      lines.add(
          style.quiet("  for 100 classes of 32x32 images; multiply-adds of convolutions only"));
    }
    return lines;
  }

  /** What networks of the space cost on the data it was published for (CIFAR-100). */
  public static Costs costs(ParallelSpace space) {
    return new Costs(space.shape(), 32, 3, 100);
  }

  private static String fact(Style style, String name) {
    return style.quiet(Columns.left(name, 17));
  }

  private static String edge(Edge edge) {
    return edge.target() + "←" + edge.source();
  }

  private static String labels(List<Operator> operators) {
    return operators.stream().map(Operator::label).collect(Collectors.joining(", "));
  }
}
