package dev.espalier.learning.space.nasbench101;

import dev.espalier.learning.network.Layers;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.search.space.nasbench101.GraphCell;
import dev.espalier.search.space.nasbench101.GraphCellNetwork.Place;
import dev.espalier.search.space.nasbench101.GraphWidths;
import dev.espalier.search.space.nasbench101.VertexOperation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a cell's network, as the benchmark's program computes it (Ying et al., ICML 2019).
 * Letters: {@code b} batch, {@code c} channels into a cell, {@code o} out of it, {@code v} of a
 * vertex, {@code h, w} pixels.
 *
 * <p>While it is trained, an image may lose what a vertex gives.
 */
record GraphCellForwardPass(GraphCellPlan plan, Layers layers) {

  /** Logits {@code [b, classes]}; of a thin network its last activation. */
  Tensor run(Tensor images) {
    Tensor x = plan.thin() ? images : rectified(images, "stem.0.weight", "stem.1");
    for (Place place : plan.places()) {
      Tensor input = place.isHalved() ? Ops.maxPool(x, 2, 2, 0) : x; // -> [b, c, h/2, w/2]
      x = cell(input, place); // [b, c, h, w] -> [b, o, h, w]
    }
    return plan.thin()
        ? x
        : Ops.linear(
            Ops.globalAverage(x), // [b, o, h, w] -> [b, o]
            layers.parameter("classifier.weight"),
            layers.parameter("classifier.bias")); // -> [b, classes]
  }

  private Tensor cell(Tensor input, Place place) {
    GraphCell cell = plan.cell();
    GraphWidths widths = plan.widths(place);
    List<Tensor> outputs = new ArrayList<>(List.of(input)); // each [b, v, h, w]
    for (int vertex = 1; vertex < cell.output(); vertex++) {
      Tensor read = sum(outputs, vertex, widths.of(vertex), place);
      outputs.add(layers.dropPath().apply(run(cell.operation(vertex), read, place, vertex)));
    }
    return output(outputs, place);
  }

  /** What a vertex reads: the first channels of others, and the input, projected. */
  private Tensor sum(List<Tensor> outputs, int vertex, int width, Place place) {
    @Nullable Tensor sum = null;
    for (int source : plan.cell().sources(vertex)) {
      Tensor term =
          source == 0
              ? project(outputs.getFirst(), place, vertex)
              : first(outputs.get(source), width);
      sum = sum == null ? term : sum.add(term);
    }
    if (sum == null) {
      throw new IllegalStateException("vertex %d reads nothing".formatted(vertex));
    }
    return sum;
  }

  private static Tensor first(Tensor x, int channels) {
    return x.dimension(1) == channels ? x : x.narrow(1, 0, channels);
  }

  private Tensor run(VertexOperation operation, Tensor x, Place place, int vertex) {
    return operation.isConvolution()
        ? rectified(x, GraphCellPlan.operation(place, vertex, operation))
        : Ops.maxPool(x, 3, 1, 1);
  }

  /** Operations side by side, and the input added to them, or alone. */
  private Tensor output(List<Tensor> outputs, Place place) {
    GraphCell cell = plan.cell();
    List<Tensor> parts =
        cell.sources(cell.output()).stream()
            .filter(source -> source > 0)
            .map(outputs::get)
            .toList();
    if (parts.isEmpty()) {
      return project(outputs.getFirst(), place, cell.output());
    }
    Tensor whole = parts.size() == 1 ? parts.getFirst() : Ops.concatenate(parts, 1);
    return cell.hasEdge(0, cell.output())
        ? whole.add(project(outputs.getFirst(), place, cell.output()))
        : whole;
  }

  private Tensor project(Tensor input, Place place, int vertex) {
    return rectified(input, GraphCellPlan.projection(place, vertex));
  }

  private Tensor rectified(Tensor x, String prefix) {
    return rectified(
        x, GraphCellPlan.convolution(prefix) + ".weight", GraphCellPlan.normalization(prefix));
  }

  /** Convolution, batch norm, ReLU. */
  private Tensor rectified(Tensor x, String weight, String norm) {
    return layers.observed(Ops.relu(layers.normalize(layers.convolve(x, weight, 1), norm)));
  }
}
