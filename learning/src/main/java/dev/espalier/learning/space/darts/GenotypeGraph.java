package dev.espalier.learning.space.darts;

import dev.espalier.learning.onnx.Graph;
import dev.espalier.learning.onnx.OnnxModel;
import dev.espalier.learning.space.darts.DartsWiring.Bundle;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.space.darts.CellType;
import dev.espalier.search.space.darts.DartsEdge;
import dev.espalier.search.space.darts.DartsOperator;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.DartsShape.Place;
import dev.espalier.search.space.darts.Genotype;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The network of a genotype, written cell by cell. */
public final class GenotypeGraph {
  /**
   * The network of a genotype. Its skeleton is read off the weights.
   *
   * @param cells of the whole network
   * @param side height and width of the images
   * @param facts more about the model, by name
   * @throws dev.espalier.search.failure.InvalidInput if the weights are of another network
   */
  public static byte[] model(
      Genotype genotype, int cells, Safetensors weights, int side, Map<String, String> facts) {
    Graph graph = new Graph(weights);
    boolean imageNet = graph.has(FIRST_FOR_IMAGENET);
    String first = imageNet ? FIRST_FOR_IMAGENET : OnnxModel.FIRST;
    DartsShape shape =
        new DartsShape(
            imageNet ? DartsShape.Stem.IMAGENET : DartsShape.Stem.CIFAR,
            imageNet ? 2 * OnnxModel.size(graph, first, 0) : OnnxModel.size(graph, first, 0) / 3,
            cells,
            OnnxModel.size(graph, "classifier.bias", 0),
            side,
            OnnxModel.size(graph, first, 1));
    new GenotypeGraph(graph, DartsPlan.of(shape), DartsWiring.of(genotype), side).write();
    return OnnxModel.model(graph, weights, shape.imageChannels(), side, facts);
  }

  /** Only the stem for ImageNet has it. */
  static final String FIRST_FOR_IMAGENET = "stem0.0.weight";

  private final Graph graph;
  private final DartsPlan plan;
  private final DartsWiring wiring;
  private final int side;

  /** A value, and how high and wide it is. */
  private record Value(String name, int side) {}

  /**
   * @param side height and width of the images
   */
  public GenotypeGraph(Graph graph, DartsPlan plan, DartsWiring wiring, int side) {
    this.graph = graph;
    this.plan = plan;
    this.wiring = wiring;
    this.side = side;
  }

  void write() {
    List<Value> outputs = new ArrayList<>(stem());
    List<Place> places = plan.places();
    for (int cell = 0; cell < places.size(); cell++) {
      outputs.add(cell(cell, places.get(cell), outputs.get(cell), outputs.get(cell + 1)));
    }
    graph.classify(outputs.getLast().name());
  }

  /** The two inputs of the first cell. */
  private List<Value> stem() {
    return switch (plan.skeleton()) {
      case CIFAR -> {
        Value x = new Value(normalized(Graph.IMAGES, "stem.0.weight", 1, "stem.1"), side);
        yield List.of(x, x);
      }
      case IMAGENET -> {
        String half = normalized(Graph.IMAGES, FIRST_FOR_IMAGENET, 2, "stem0.1");
        String older = normalized(graph.relu(half), "stem0.3.weight", 2, "stem0.4");
        String newer = normalized(graph.relu(older), "stem1.1.weight", 2, "stem1.2");
        int quarter = halved(halved(side));
        yield List.of(new Value(older, quarter), new Value(newer, halved(quarter)));
      }
      case MEASURED, THIN ->
          throw new IllegalArgumentException("genotypes are not trained in " + plan.skeleton());
    };
  }

  private Value cell(int index, Place place, Value older, Value newer) {
    String prefix = "cells.%d.".formatted(index);
    List<Value> states = new ArrayList<>();
    states.add(
        place.older()
            ? reduced(rectified(older), prefix + "preprocess0")
            : brought(older, prefix + "preprocess0"));
    states.add(brought(newer, prefix + "preprocess1"));
    List<String> nodes = new ArrayList<>();
    for (int node = 0; node < DartsEdge.NODES; node++) {
      Value sum = node(index, place.type(), node, states);
      nodes.add(sum.name());
      states.add(sum);
    }
    return new Value(graph.concatenate(nodes.toArray(String[]::new)), states.getLast().side());
  }

  /** The sum of the node's genes; zeros where there are none. */
  private Value node(int cell, CellType type, int node, List<Value> states) {
    @Nullable String sum = null;
    for (Bundle bundle : wiring.of(type)) {
      DartsOperator operator = bundle.operators().getFirst();
      if (bundle.node() == node && operator != DartsOperator.NONE) {
        String term =
            operator(
                operator,
                states.get(bundle.source()),
                DartsPlan.operatorPrefix(cell, bundle, operator),
                DartsEdge.stride(type, bundle.source()));
        sum = sum == null ? term : graph.add(sum, term);
      }
    }
    int stride = DartsEdge.stride(type, 0);
    Value input = states.getFirst();
    int size = stride == 1 ? input.side() : halved(input.side());
    return new Value(
        sum == null ? graph.zeros(graph.averagePool(input.name(), 3, stride, 1)) : sum, size);
  }

  private String operator(DartsOperator operator, Value source, String prefix, int stride) {
    return switch (operator) {
      case NONE -> throw new IllegalStateException("none is not executed");
      case SKIP_CONNECT -> stride == 1 ? source.name() : reduced(rectified(source), prefix).name();
      case AVG_POOL_3X3 -> graph.averagePool(source.name(), 3, stride, 1);
      case MAX_POOL_3X3 -> graph.maxPool(source.name(), 3, stride, 1);
      case DIL_CONV_3X3, DIL_CONV_5X5 ->
          separable(source.name(), prefix, stride, operator.dilation());
      case SEP_CONV_3X3, SEP_CONV_5X5 ->
          separable(separable(source.name(), prefix + ".op_a", stride, 1), prefix + ".op_b", 1, 1);
    };
  }

  private String separable(String x, String prefix, int stride, int dilation) {
    String filtered = graph.depthwise(graph.relu(x), prefix + ".op.1.weight", stride, dilation);
    return normalized(filtered, prefix + ".op.2.weight", 1, prefix + ".op.3");
  }

  /** By a 1x1 convolution to the cell's channels. */
  private Value brought(Value x, String prefix) {
    return new Value(
        normalized(rectified(x).name(), prefix + ".op.1.weight", 1, prefix + ".op.2"), x.side());
  }

  /** Pixels of even row and column, and those of odd ones, side by side. */
  private Value reduced(Value rectified, String prefix) {
    String x = rectified.name();
    String whole = rectified.side() % 2 == 0 ? x : graph.padded(x, 1, 1);
    String odd = graph.convolution(graph.withoutFirst(whole), prefix + ".convs.1.weight", 2);
    String both =
        graph.has(prefix + ".convs.0.weight")
            ? graph.concatenate(graph.convolution(x, prefix + ".convs.0.weight", 2), odd)
            : odd;
    return new Value(graph.normalize(both, prefix + ".bn"), halved(rectified.side()));
  }

  private Value rectified(Value x) {
    return new Value(graph.relu(x.name()), x.side());
  }

  private String normalized(String x, String weight, int stride, String norm) {
    return graph.normalize(graph.convolution(x, weight, stride), norm);
  }

  private static int halved(int side) {
    return Math.ceilDiv(side, 2);
  }
}
