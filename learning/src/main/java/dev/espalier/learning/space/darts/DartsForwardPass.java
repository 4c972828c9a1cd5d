package dev.espalier.learning.space.darts;

import dev.espalier.learning.network.AuxiliaryHead;
import dev.espalier.learning.network.Layers;
import dev.espalier.learning.network.Outputs;
import dev.espalier.learning.space.darts.DartsWiring.Bundle;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.search.space.darts.DartsEdge;
import dev.espalier.search.space.darts.DartsOperator;
import dev.espalier.search.space.darts.DartsShape.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of a network of DARTS cells (Liu, Simonyan and Yang, ICLR 2019; with TE-NAS's skeleton
 * Chen, Gong and Wang, ICLR 2021). Letters: {@code b} batch, {@code c} channels of a cell's nodes,
 * {@code h, w} pixels, {@code s} stride.
 */
record DartsForwardPass(DartsPlan plan, Layers layers, DartsWiring wiring) {

  Tensor run(Tensor images) {
    return run(images, false).logits();
  }

  /** With the logits of the auxiliary head, where the network has one. */
  Outputs runWithAuxiliary(Tensor images) {
    return run(images, true);
  }

  private Outputs run(Tensor images, boolean withAuxiliary) {
    @Nullable Tensor auxiliary = null;
    Inputs inputs = stem(images);
    List<Place> places = plan.places();
    for (int cell = 0; cell < places.size(); cell++) {
      Tensor output = cell(cell, places.get(cell), inputs); // -> [b, 4 c, h / s, w / s]
      inputs = new Inputs(inputs.newer(), output);
      if (withAuxiliary && plan.auxiliaryBehind(cell)) {
        auxiliary = new AuxiliaryHead(layers).run(output);
      }
    }
    return new Outputs(classified(inputs.newer()), Optional.ofNullable(auxiliary));
  }

  /** {@code [b, 4 c, h, w] -> [b, classes]}; of a thin network the last activation. */
  private Tensor classified(Tensor output) {
    Tensor last = output;
    if (plan.activatesLast()) {
      last = layers.observed(Ops.relu(layers.normalize(last, "lastact.0")));
    }
    return plan.isThin()
        ? last
        : Ops.linear(
            Ops.globalAverage(last), // [b, 4 c, h, w] -> [b, 4 c]
            layers.parameter("classifier.weight"),
            layers.parameter("classifier.bias")); // -> [b, classes]
  }

  /** What the two cells before have put out. */
  private record Inputs(Tensor older, Tensor newer) {}

  private Inputs stem(Tensor images) {
    return switch (plan.skeleton()) {
      case THIN -> new Inputs(images, images);
      case MEASURED -> twice(images);
      case CIFAR -> twice(Ops.channelsLast(images));
      case IMAGENET -> imageNetStem(Ops.channelsLast(images));
    };
  }

  private Inputs twice(Tensor images) {
    Tensor x = layers.normalize(layers.convolve(images, "stem.0.weight", 1), "stem.1");
    return new Inputs(x, x);
  }

  private Inputs imageNetStem(Tensor images) {
    Tensor half = layers.normalize(layers.convolve(images, "stem0.0.weight", 2), "stem0.1");
    Tensor older =
        layers.normalize(layers.convolve(Ops.relu(half), "stem0.3.weight", 2), "stem0.4");
    Tensor newer =
        layers.normalize(layers.convolve(Ops.relu(older), "stem1.1.weight", 2), "stem1.2");
    return new Inputs(older, newer);
  }

  private Tensor cell(int index, Place place, Inputs inputs) {
    DartsLayers parts = new DartsLayers(layers);
    String prefix = "cells.%d".formatted(index);
    Tensor older = rectified(inputs.older());
    Tensor newer = inputs.newer() == inputs.older() ? older : rectified(inputs.newer());
    List<DartsState> states = new ArrayList<>();
    Tensor first =
        place.older()
            ? parts.reduction(older, prefix + ".preprocess0")
            : parts.convolution(older, prefix + ".preprocess0");
    states.add(new DartsState(layers, first)); // [b, c, h, w]
    states.add(new DartsState(layers, parts.convolution(newer, prefix + ".preprocess1")));
    List<Tensor> nodes = new ArrayList<>();
    for (int node = 0; node < DartsEdge.NODES; node++) {
      Tensor sum = node(index, place, node, states); // [b, c, h / s, w / s]
      nodes.add(sum);
      states.add(new DartsState(layers, sum));
    }
    return Ops.concatenate(nodes, 1);
  }

  private Tensor rectified(Tensor input) {
    return layers.observed(Ops.relu(input));
  }

  /** The sum of the node's edges, an edge the mean of its operators. */
  private Tensor node(int cell, Place place, int node, List<DartsState> states) {
    @Nullable Tensor sum = null;
    for (Bundle bundle : wiring.of(place.type())) {
      if (bundle.node() == node) {
        Tensor edge = edge(cell, place, bundle, states.get(bundle.source()));
        sum = edge == null ? sum : sum == null ? edge : sum.add(edge);
      }
    }
    return sum == null ? zeros(place, states.getFirst().value()) : sum;
  }

  private @Nullable Tensor edge(int cell, Place place, Bundle bundle, DartsState source) {
    @Nullable Tensor sum = null;
    for (DartsOperator operator : bundle.operators()) {
      if (operator != DartsOperator.NONE) {
        String prefix = DartsPlan.operatorPrefix(cell, bundle, operator);
        Tensor term =
            operator(operator, source, prefix, DartsEdge.stride(place.type(), bundle.source()));
        sum = sum == null ? term : sum.add(term);
      }
    }
    int operators = bundle.operators().size();
    return sum == null || operators == 1 ? sum : sum.multiply(1.0 / operators);
  }

  private Tensor operator(DartsOperator operator, DartsState source, String prefix, int stride) {
    DartsLayers parts = new DartsLayers(layers);
    if (operator == DartsOperator.SKIP_CONNECT && stride == 1) {
      return source.value(); // identities are never dropped
    }
    Tensor path =
        switch (operator) {
          case NONE -> throw new IllegalStateException("none is not executed");
          case SKIP_CONNECT -> parts.reduction(source.rectified(), prefix);
          case AVG_POOL_3X3 -> source.averaged(stride);
          case MAX_POOL_3X3 -> source.highest(stride);
          case SEP_CONV_3X3, SEP_CONV_5X5, DIL_CONV_3X3, DIL_CONV_5X5 ->
              parts.convolutions(operator, source.rectified(), prefix, stride);
        };
    return layers.dropPath().apply(path);
  }

  /** A node that nothing leads to. */
  private Tensor zeros(Place place, Tensor input) {
    int stride = DartsEdge.stride(place.type(), 0);
    return layers
        .tensors()
        .torch()
        .full(
            0,
            input.precision(),
            input.dimension(0),
            place.channels(),
            Math.ceilDiv(input.dimension(2), stride),
            Math.ceilDiv(input.dimension(3), stride));
  }
}
