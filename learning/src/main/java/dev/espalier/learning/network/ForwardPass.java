package dev.espalier.learning.network;

import dev.espalier.learning.network.Layer.CellLayer;
import dev.espalier.learning.network.Layer.ReductionLayer;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a network, layer by layer as the papers write it. Letters: {@code b} batch, {@code c}
 * channels of the stage, {@code h, w} pixels of the stage.
 */
final class ForwardPass {
  static final double MOMENTUM = 0.1;
  static final double EPSILON = 1e-5;

  private final Network network;
  private final OperatorMask active;
  private final Phase phase;
  private final Consumer<Tensor> activations;

  ForwardPass(Network network, OperatorMask active, Phase phase, Consumer<Tensor> activations) {
    this.network = network;
    this.active = active;
    this.phase = phase;
    this.activations = activations;
  }

  Tensor run(Tensor images) {
    boolean thin = network.plan().thin();
    Tensor x = thin ? images : normalize(convolve(images, "stem.0.weight", 1), "stem.1");
    for (Layer layer : network.plan().layers()) {
      x =
          switch (layer) {
            case CellLayer cell -> cell(x, cell); // [b, c, h, w] -> [b, c, h, w]
            case ReductionLayer block -> reduce(x, block); // -> [b, 2c, h/2, w/2]
          };
    }
    Tensor last = observed(Ops.relu(normalize(x, "lastact.0")));
    return thin
        ? last
        : Ops.linear(
            Ops.globalAverage(last), // [b, c, h, w] -> [b, c]
            network.parameter("classifier.weight"),
            network.parameter("classifier.bias")); // -> [b, classes]
  }

  /** Four nodes; each is the sum of its incoming edges, the last is the output. */
  private Tensor cell(Tensor input, CellLayer cell) {
    Tensor[] nodes = new Tensor[Edge.NODES];
    @Nullable Tensor[] rectified = new @Nullable Tensor[Edge.NODES];
    nodes[0] = input;
    for (int target = 1; target < Edge.NODES; target++) {
      @Nullable Tensor sum = null;
      for (Edge edge : Edge.into(target)) {
        List<Operator> operators = active.on(edge.index());
        for (Operator operator : operators) {
          if (operator == Operator.NONE) {
            continue;
          }
          Tensor source = nodes[edge.source()];
          if (operator.isConvolution() && rectified[edge.source()] == null) {
            rectified[edge.source()] = Ops.relu(source);
          }
          Tensor term = apply(operator, source, rectified[edge.source()], cell, edge);
          Tensor weighted = operators.size() == 1 ? term : term.multiply(1.0 / operators.size());
          sum = sum == null ? weighted : sum.add(weighted);
        }
      }
      nodes[target] = sum == null ? zeros(input) : sum;
    }
    return nodes[Edge.NODES - 1];
  }

  private Tensor apply(
      Operator operator, Tensor source, @Nullable Tensor rectified, CellLayer cell, Edge edge) {
    return switch (operator) {
      case NONE -> throw new IllegalStateException("none is not executed");
      case SKIP_CONNECT -> source;
      case AVG_POOL_3X3 -> Ops.averagePool(source, 3, 1, 1);
      case NOR_CONV_1X1, NOR_CONV_3X3 -> {
        if (rectified == null) {
          throw new IllegalStateException("the source of a convolution is rectified first");
        }
        String prefix = NetworkPlan.operatorPrefix(cell, edge, operator);
        yield normalize(
            convolve(observed(rectified), prefix + ".op.1.weight", 1), prefix + ".op.2");
      }
    };
  }

  /** Two normalised convolutions, the first with stride 2, beside an averaged 1x1 convolution. */
  private Tensor reduce(Tensor x, ReductionLayer block) {
    String prefix = "cells.%d".formatted(block.index());
    Tensor first = rectifyConvolveNormalize(x, prefix + ".conv_a", 2);
    Tensor second = rectifyConvolveNormalize(first, prefix + ".conv_b", 1);
    Tensor shortcut = convolve(Ops.averagePool(x, 2, 2, 0), prefix + ".downsample.1.weight", 1);
    return second.add(shortcut);
  }

  private Tensor rectifyConvolveNormalize(Tensor x, String prefix, int stride) {
    Tensor rectified = observed(Ops.relu(x));
    return normalize(convolve(rectified, prefix + ".op.1.weight", stride), prefix + ".op.2");
  }

  private Tensor convolve(Tensor x, String weight, int stride) {
    return Ops.convolution(x, network.parameter(weight), stride);
  }

  private Tensor normalize(Tensor x, String prefix) {
    return Ops.batchNorm(x, network.normalization(prefix), phase == Phase.TRAIN, MOMENTUM, EPSILON);
  }

  private Tensor observed(Tensor activation) {
    activations.accept(activation);
    return activation;
  }

  private Tensor zeros(Tensor like) {
    return network.torch().full(0, like.precision(), like.shape());
  }
}
