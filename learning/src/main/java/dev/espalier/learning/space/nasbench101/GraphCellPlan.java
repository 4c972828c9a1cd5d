package dev.espalier.learning.space.nasbench101;

import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.nasbench101.GraphCell;
import dev.espalier.search.space.nasbench101.GraphCellNetwork;
import dev.espalier.search.space.nasbench101.GraphCellNetwork.Place;
import dev.espalier.search.space.nasbench101.GraphWidths;
import dev.espalier.search.space.nasbench101.VertexOperation;
import java.util.ArrayList;
import java.util.List;

/**
 * The names and shapes of all parameters of a cell's network.
 *
 * <p>The whole network is that of {@link GraphCellNetwork}. The thin network is one cell without
 * stem and classifier, whose ReLUs are looked at: so wide that each vertex has the channels of the
 * image.
 *
 * @param places of the cells, in order
 * @param classes outputs; ignored where {@code thin}
 * @param imageChannels of the input
 */
record GraphCellPlan(
    GraphCell cell, List<Place> places, int classes, int imageChannels, boolean thin) {
  GraphCellPlan {
    places = List.copyOf(places);
    if (classes < 1 || imageChannels < 1) {
      throw new InvalidInput(
          "a network needs at least 1 class and image channel, but got classes %d, image channels %d"
              .formatted(classes, imageChannels));
    }
  }

  static GraphCellPlan whole(
      GraphCell cell, GraphCellNetwork network, int classes, int imageChannels) {
    return new GraphCellPlan(cell, network.places(), classes, imageChannels, false);
  }

  static GraphCellPlan thin(GraphCell cell, int channels) {
    int out = channels * Math.max(1, GraphWidths.sideBySide(cell));
    return new GraphCellPlan(cell, List.of(new Place(0, 0, channels, out)), 1, channels, true);
  }

  GraphWidths widths(Place place) {
    return new GraphWidths(cell, place.in(), place.out());
  }

  private int channels() {
    return places.getFirst().in();
  }

  private int lastChannels() {
    return places.getLast().out();
  }

  /** Every parameter in the order of the forward pass. */
  List<ParameterSpecification> parameters() {
    List<ParameterSpecification> parameters = new ArrayList<>();
    if (!thin) {
      parameters.add(
          ParameterSpecification.convolution("stem.0.weight", channels(), imageChannels, 3));
      addNormalization(parameters, "stem.1", channels());
    }
    for (Place place : places) {
      addCell(parameters, place);
    }
    if (!thin) {
      parameters.add(ParameterSpecification.matrix("classifier.weight", classes, lastChannels()));
      parameters.add(ParameterSpecification.bias("classifier.bias", classes, lastChannels()));
    }
    return parameters;
  }

  private void addCell(List<ParameterSpecification> parameters, Place place) {
    GraphWidths widths = widths(place);
    for (int vertex = 1; vertex <= cell.output(); vertex++) {
      int width = widths.of(vertex);
      if (cell.hasEdge(0, vertex)) {
        addConvolution(parameters, projection(place, vertex), width, place.in(), 1);
      }
      if (vertex < cell.output() && cell.operation(vertex).isConvolution()) {
        int kernel = cell.operation(vertex).convolutionSize();
        addConvolution(
            parameters, operation(place, vertex, cell.operation(vertex)), width, width, kernel);
      }
    }
  }

  private static void addConvolution(
      List<ParameterSpecification> parameters, String prefix, int out, int in, int kernel) {
    parameters.add(
        ParameterSpecification.convolution(convolution(prefix) + ".weight", out, in, kernel));
    addNormalization(parameters, normalization(prefix), out);
  }

  private static void addNormalization(
      List<ParameterSpecification> parameters, String prefix, int channels) {
    parameters.add(ParameterSpecification.scale(prefix + ".weight", channels));
    parameters.add(ParameterSpecification.shift(prefix + ".bias", channels));
  }

  /** E.g. {@code stacks.0.cells.2.vertices.1.projection}. */
  static String projection(Place place, int vertex) {
    return prefix(place, vertex) + ".projection";
  }

  /** E.g. {@code stacks.0.cells.2.vertices.1.conv3x3}. */
  static String operation(Place place, int vertex, VertexOperation operation) {
    return prefix(place, vertex) + "." + operation.label();
  }

  /** Of what a name stands before. */
  static String convolution(String prefix) {
    return prefix + ".conv";
  }

  /** Of what a name stands before. */
  static String normalization(String prefix) {
    return prefix + ".norm";
  }

  private static String prefix(Place place, int vertex) {
    return "stacks.%d.cells.%d.vertices.%d".formatted(place.stack(), place.cell(), vertex);
  }
}
