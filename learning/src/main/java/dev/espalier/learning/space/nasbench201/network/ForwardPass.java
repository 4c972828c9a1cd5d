package dev.espalier.learning.space.nasbench201.network;

import dev.espalier.learning.network.AuxiliaryHead;
import dev.espalier.learning.network.Layers;
import dev.espalier.learning.network.Outputs;
import dev.espalier.learning.space.nasbench201.network.Layer.CellLayer;
import dev.espalier.learning.space.nasbench201.network.Layer.ReductionLayer;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a network, layer by layer as the papers write it. Letters: {@code b} batch, {@code c}
 * channels of the stage, {@code h, w} pixels of the stage.
 */
record ForwardPass(Network network, Layers layers, CellFunction cells) {

  Tensor run(Tensor images) {
    return run(images, (layer, x) -> {});
  }

  /** With the logits of the auxiliary head, where the network has one. */
  Outputs runWithAuxiliary(Tensor images) {
    AtomicReference<@Nullable Tensor> auxiliary = new AtomicReference<>();
    Tensor logits =
        run(
            images,
            (layer, x) -> {
              if (network.plan().auxiliaryBehind(layer)) {
                auxiliary.set(new AuxiliaryHead(layers).run(x));
              }
            });
    return new Outputs(logits, Optional.ofNullable(auxiliary.get()));
  }

  private Tensor run(Tensor images, BiConsumer<Layer, Tensor> behind) {
    boolean thin = network.plan().thin();
    Tensor x =
        thin ? images : layers.normalize(layers.convolve(images, "stem.0.weight", 1), "stem.1");
    for (Layer layer : network.plan().layers()) {
      x =
          switch (layer) {
            case CellLayer cell -> cells.apply(x, cell); // [b, c, h, w] -> [b, c, h, w]
            case ReductionLayer block -> reduce(x, block); // -> [b, 2c, h/2, w/2]
          };
      behind.accept(layer, x);
    }
    Tensor last = layers.observed(Ops.relu(layers.normalize(x, "lastact.0")));
    return thin
        ? last
        : Ops.linear(
            Ops.globalAverage(last), // [b, c, h, w] -> [b, c]
            layers.parameter("classifier.weight"),
            layers.parameter("classifier.bias")); // -> [b, classes]
  }

  /** Two normalised convolutions, the first with stride 2, beside an averaged 1x1 convolution. */
  private Tensor reduce(Tensor x, ReductionLayer block) {
    String prefix = "cells.%d".formatted(block.index());
    Tensor first = layers.convolveNormalize(layers.observed(Ops.relu(x)), prefix + ".conv_a", 2);
    Tensor second =
        layers.convolveNormalize(layers.observed(Ops.relu(first)), prefix + ".conv_b", 1);
    Tensor shortcut =
        layers.convolve(Ops.averagePool(x, 2, 2, 0), prefix + ".downsample.1.weight", 1);
    return second.add(shortcut);
  }
}
