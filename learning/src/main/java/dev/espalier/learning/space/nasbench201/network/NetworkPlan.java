package dev.espalier.learning.space.nasbench201.network;

import dev.espalier.learning.network.AuxiliaryHead;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.space.nasbench201.network.Layer.CellLayer;
import dev.espalier.learning.space.nasbench201.network.Layer.ReductionLayer;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.ArrayList;
import java.util.List;

/**
 * The skeleton around the cells, and the names and shapes of all parameters.
 *
 * <p>The whole network: stem (3x3 convolution, batch norm), three stages of cells with residual
 * reduction blocks between them that double the channels, then batch norm, ReLU, global average and
 * a linear layer. The thin network: one cell without stem, then batch norm and ReLU; it has no
 * classifier, since only its ReLUs are looked at.
 *
 * @param channels of the first stage
 * @param cellsPerStage ignored where {@code thin}
 * @param classes outputs; ignored where {@code thin}
 * @param imageChannels of the input; the thin network's equals {@code channels}
 */
public record NetworkPlan(
    int channels,
    int cellsPerStage,
    int classes,
    int imageChannels,
    boolean thin,
    boolean auxiliary) {
  private static final int STAGES = 3;

  public NetworkPlan {
    if (channels < 1 || cellsPerStage < 1 || classes < 1 || imageChannels < 1) {
      throw new InvalidInput(
          ("a network needs at least 1 channel, cell, class and image channel, but got channels %d, "
                  + "cells %d, classes %d, image channels %d")
              .formatted(channels, cellsPerStage, classes, imageChannels));
    }
  }

  public static NetworkPlan whole(int channels, int cellsPerStage, int classes, int imageChannels) {
    return new NetworkPlan(channels, cellsPerStage, classes, imageChannels, false, false);
  }

  public static NetworkPlan thin(int channels) {
    return new NetworkPlan(channels, 1, 1, channels, true, false);
  }

  /** The same with an auxiliary head behind its second reduction block. */
  public NetworkPlan withAuxiliaryHead() {
    return new NetworkPlan(channels, cellsPerStage, classes, imageChannels, thin, true);
  }

  /** Whether the auxiliary head sees what this layer gives. */
  boolean auxiliaryBehind(Layer layer) {
    return auxiliary
        && layer instanceof ReductionLayer block
        && block.outputChannels() == lastChannels();
  }

  /** Cells and reduction blocks in order. */
  public List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    int width = channels;
    for (int stage = 0; stage < (thin ? 1 : STAGES); stage++) {
      if (stage > 0) {
        layers.add(new ReductionLayer(layers.size(), width, 2 * width));
        width *= 2;
      }
      for (int cell = 0; cell < cellsPerStage; cell++) {
        layers.add(new CellLayer(layers.size(), width));
      }
    }
    return layers;
  }

  /** Channels behind the last cell. */
  public int lastChannels() {
    return thin ? channels : channels << (STAGES - 1);
  }

  /** Every parameter that a network with these operators has, in the order of the forward pass. */
  public List<ParameterSpecification> parameters(OperatorMask mask) {
    List<ParameterSpecification> parameters = new ArrayList<>();
    if (!thin) {
      parameters.add(
          ParameterSpecification.convolution("stem.0.weight", channels, imageChannels, 3));
      addNormalization(parameters, "stem.1", channels);
    }
    for (Layer layer : layers()) {
      switch (layer) {
        case CellLayer cell -> addCell(parameters, cell, mask);
        case ReductionLayer block -> addReduction(parameters, block);
      }
      if (auxiliaryBehind(layer)) {
        parameters.addAll(AuxiliaryHead.parameters(lastChannels(), classes));
      }
    }
    addNormalization(parameters, "lastact.0", lastChannels());
    if (!thin) {
      parameters.add(ParameterSpecification.matrix("classifier.weight", classes, lastChannels()));
      parameters.add(ParameterSpecification.bias("classifier.bias", classes, lastChannels()));
    }
    return parameters;
  }

  private static void addCell(
      List<ParameterSpecification> parameters, CellLayer cell, OperatorMask mask) {
    for (Edge edge : Edge.ALL) {
      for (Operator operator : mask.on(edge.index())) {
        if (operator.isConvolution()) {
          String prefix = operatorPrefix(cell, edge, operator);
          addConvolution(
              parameters, prefix, cell.channels(), cell.channels(), operator.convolutionSize());
        }
      }
    }
  }

  private static void addReduction(List<ParameterSpecification> parameters, ReductionLayer block) {
    String prefix = "cells.%d".formatted(block.index());
    int in = block.inputChannels();
    int out = block.outputChannels();
    addConvolution(parameters, prefix + ".conv_a", out, in, 3);
    addConvolution(parameters, prefix + ".conv_b", out, out, 3);
    parameters.add(ParameterSpecification.convolution(prefix + ".downsample.1.weight", out, in, 1));
  }

  /** ReLU, convolution and batch norm: {@code op.0}, {@code op.1} and {@code op.2}. */
  private static void addConvolution(
      List<ParameterSpecification> parameters, String prefix, int out, int in, int kernel) {
    parameters.add(ParameterSpecification.convolution(prefix + ".op.1.weight", out, in, kernel));
    addNormalization(parameters, prefix + ".op.2", out);
  }

  private static void addNormalization(
      List<ParameterSpecification> parameters, String prefix, int channels) {
    parameters.add(ParameterSpecification.scale(prefix + ".weight", channels));
    parameters.add(ParameterSpecification.shift(prefix + ".bias", channels));
  }

  /** E.g. {@code cells.0.edges.1<-0.nor_conv_3x3}. */
  public static String operatorPrefix(CellLayer cell, Edge edge, Operator operator) {
    return "cells.%d.edges.%d<-%d.%s"
        .formatted(cell.index(), edge.target(), edge.source(), operator.label());
  }
}
