package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.ntk.Kernel;
import dev.espalier.learning.ntk.KernelDefinition;
import dev.espalier.learning.space.nasbench201.kernel.Convolution.Names;
import dev.espalier.learning.space.nasbench201.network.Layer;
import dev.espalier.learning.space.nasbench201.network.Layer.CellLayer;
import dev.espalier.learning.space.nasbench201.network.Layer.ReductionLayer;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The kernel over tensors, on any device and in either precision: the same matrix as {@link
 * AutogradKernel}'s by the algebra that {@link VectorKernel} has too. All rows go backward
 * together, or as many as memory allows, and no backward pass of a batch normalisation ever touches
 * the data: what it takes away is a few sums, which fall out of the correlations that the weights'
 * gradients need anyway.
 *
 * <p>One instance for a thread. Nothing is kept from kernel to kernel.
 */
public final class TensorKernel implements KernelMethod {
  private final Torch torch;
  private final NetworkPlan plan;
  private final Precision precision;
  private final TensorMemory memory;

  /**
   * In single precision.
   *
   * @param plan of a whole network, with a stem
   */
  public TensorKernel(Torch torch, NetworkPlan plan) {
    this(torch, plan, Precision.FLOAT32);
  }

  TensorKernel(Torch torch, NetworkPlan plan, Precision precision) {
    this(torch, plan, precision, TensorMemory.of(torch));
  }

  TensorKernel(Torch torch, NetworkPlan plan, Precision precision, TensorMemory memory) {
    if (plan.thin()) {
      throw new InvalidInput("the thin network has no classifier, and so no kernel");
    }
    this.torch = torch;
    this.plan = plan;
    this.precision = precision;
    this.memory = memory;
  }

  /** Rows that go backward together. */
  record Block(int first, int rows) {}

  @Override
  public Kernel kernel(
      KernelDefinition definition,
      Map<String, float[]> parameters,
      OperatorMask active,
      float[] images,
      int size,
      Runnable betweenSteps) {
    int count = images.length / (plan.imageChannels() * size * size);
    TensorWork work = new TensorWork(torch, precision, memory, parameters, betweenSteps);
    Cotangency cotangency =
        Cotangency.of(definition, work.parameter("classifier.weight"), plan.lastChannels());
    int rows = count * cotangency.directions();
    try (GradientRows gradients = new GradientRows();
        Scope _ = torch.inference()) {
      Tensor batch = work.tensor(images, count, plan.imageChannels(), size, size);
      TensorMap stem = stem(batch, work);
      List<TensorLayer> layers = layers(stem, active, size, count, work);
      TensorTop top = new TensorTop(layers.getLast().output(), work);
      int together = work.memory().rowsOfBlock(rows, bytesOfRow(layers));
      for (int first = 0; first < rows; first += together) {
        Block block = new Block(first, Math.min(together, rows - first));
        gradients.begin(block);
        backward(cotangency.vectors(), top, layers, stem, block, gradients, work);
      }
      return cotangency.kernel(gradients.kernel(torch, rows), top.averages(), count);
    }
  }

  private TensorMap stem(Tensor batch, TensorWork work) {
    TensorBranch branch = new TensorBranch(0, Names.STEM, plan.imageChannels(), 1, work);
    return new TensorMap(batch, 1, List.of(branch), work);
  }

  private List<TensorLayer> layers(
      TensorMap stem, OperatorMask active, int size, int count, TensorWork work) {
    TensorNodes sums = new TensorNodes(1, work, count, plan.channels(), size, size);
    stem.addTo(sums);
    Tensor x = sums.get(0);
    List<TensorLayer> layers = new ArrayList<>();
    for (Layer layer : plan.layers()) {
      TensorLayer pass =
          switch (layer) {
            case CellLayer cell -> new TensorCell(cell, active, x, work);
            case ReductionLayer block -> new TensorReduction(block, x, work);
          };
      layers.add(pass);
      x = pass.output();
    }
    return layers;
  }

  /** A cell has the cotangents of its four nodes at hand. */
  private long bytesOfRow(List<TensorLayer> layers) {
    return layers.stream()
        .map(TensorLayer::input)
        .mapToLong(map -> {
          long side = map.dimension(2) + 2;
          return 4 * map.dimension(0) * map.dimension(1) * side * side * precision.bytes();
        })
        .max()
        .orElseThrow();
  }

  /** Cotangents of a map {@code [b, c, h, w]}, zero yet, for whoever closes them. */
  static Field zero(Tensor map, int rows, TensorWork work) {
    int images = Math.toIntExact(map.dimension(0));
    int channels = Math.toIntExact(map.dimension(1));
    return Field.zero(work, images, Math.toIntExact(map.dimension(2)), channels, rows).kept();
  }

  private static void backward(
      double[] directions,
      TensorTop top,
      List<TensorLayer> layers,
      TensorMap stem,
      Block block,
      GradientRows gradients,
      TensorWork work) {
    Field field = top.zero(block);
    try {
      top.backward(directions, block, field, gradients);
      for (TensorLayer layer : layers.reversed()) {
        try (Field behind = field) {
          field = zero(layer.input(), block.rows(), work);
          layer.backward(behind, field, gradients);
        }
      }
      try (Scope _ = work.torch().inference()) {
        Tensor correlation = stem.noCorrelation(field);
        stem.correlate(field, 0, field.images(), correlation);
        stem.differentiate(0, correlation, field, gradients);
      }
    } finally {
      field.close();
    }
  }
}
