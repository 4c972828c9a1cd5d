package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.ntk.Kernel;
import dev.espalier.learning.ntk.KernelDefinition;
import dev.espalier.learning.space.nasbench201.network.Layer;
import dev.espalier.learning.space.nasbench201.network.Layer.CellLayer;
import dev.espalier.learning.space.nasbench201.network.Layer.ReductionLayer;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The kernel with the processor's vectors: the same matrix as {@link AutogradKernel}'s, several
 * times faster, by merging what the problem's shape allows.
 *
 * <p>All rows go backward together, a block of vectors at a time, with the row as the innermost
 * index: weights and activations are then scalars, no vector is ever shuffled, and the number of
 * vectors changes no result. One instance for a thread; its arrays, some hundred megabytes at the
 * published setting, are those of the process.
 */
public final class VectorKernel implements KernelMethod {
  private static final int WIDE = 3 * Lanes.WIDTH;
  private static final int NARROW = 2 * Lanes.WIDTH;

  private final NetworkPlan plan;
  private final KernelMemory memory;
  private Work work = new Work();
  private long bytes;

  /**
   * @param plan of a whole network, with a stem
   */
  public VectorKernel(NetworkPlan plan) {
    this(plan, KernelMemory.ofProcess());
  }

  VectorKernel(NetworkPlan plan, KernelMemory memory) {
    if (plan.thin()) {
      throw new InvalidInput("the thin network has no classifier, and so no kernel");
    }
    requireVectors();
    this.plan = plan;
    this.memory = memory;
  }

  /**
   * Checks that Java was started with its vectors.
   *
   * @throws InvalidInput with what is missing on the command line
   */
  public static void requireVectors() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      throw new InvalidInput(
          "Java was started without its vectors: start workers with the espalier command, or add "
              + "--add-modules jdk.incubator.vector");
    }
  }

  /** Bytes of the large arrays of the last kernel, which the next one finds. */
  public long bytes() {
    return bytes;
  }

  /**
   * Multiply-adds of the last kernel's backward passes through convolutions, which are nearly all
   * of its work: to hold its time against what the machine could do.
   */
  public long multiplyAdds() {
    return work.multiplyAdds();
  }

  @Override
  public Kernel kernel(
      KernelDefinition definition,
      Map<String, float[]> parameters,
      OperatorMask active,
      float[] images,
      int size,
      Runnable betweenSteps) {
    int count = images.length / (plan.imageChannels() * size * size);
    requireFits(count, size);
    Shape shape = new Shape(plan, definition, count, size);
    return memory.with(
        shape,
        betweenSteps,
        buffers -> {
          Kernel kernel =
              kernel(definition, parameters, active, images, count, size, betweenSteps, buffers);
          bytes = buffers.bytes();
          return kernel;
        });
  }

  /** What decides how large the arrays are, but for what is pruned, which makes them smaller. */
  private record Shape(NetworkPlan plan, KernelDefinition definition, int count, int size) {}

  /** The activations alone: each node of each cell, at the size of the first stage at most. */
  private void requireFits(int count, int size) {
    KernelMemory.requireFits((double) count * size * size * plan.channels() * Float.BYTES);
  }

  private Kernel kernel(
      KernelDefinition definition,
      Map<String, float[]> parameters,
      OperatorMask active,
      float[] images,
      int count,
      int size,
      Runnable betweenSteps,
      Buffers buffers) {
    float[] classifier = parameters.getOrDefault("classifier.weight", new float[0]);
    Cotangency cotangency = Cotangency.of(definition, classifier, plan.lastChannels());
    int rows = count * cotangency.directions();
    work = new Work();
    Jacobian jacobian = new Jacobian(rows, lanes(rows), buffers);
    Wiring wiring = new Wiring(parameters, jacobian, buffers);

    FeatureMap input = FeatureMap.ofChannelsFirst(images, count, size, plan.imageChannels());
    ConvolvedMap stem = stem(input, wiring);
    List<LayerPass> layers = new ArrayList<>();
    FeatureMap x = FeatureMap.zero(count, size, plan.channels());
    stem.addTo(new FeatureMap[] {x});
    for (Layer layer : plan.layers()) {
      LayerPass pass =
          switch (layer) {
            case CellLayer cell -> new CellPass(cell, active, x, wiring);
            case ReductionLayer block -> new ReductionPass(block, x, wiring);
          };
      layers.add(pass);
      x = pass.output();
      betweenSteps.run();
    }
    Top top = new Top(x, wiring);
    for (int block = 0; block < jacobian.blocks(); block++) {
      jacobian.begin(block);
      backward(cotangency.vectors(), top, layers, stem, jacobian, buffers, betweenSteps);
    }
    return cotangency.kernel(jacobian.transposed().kernel(), top.averages(), count);
  }

  private ConvolvedMap stem(FeatureMap images, Wiring wiring) {
    Convolution convolution =
        new Convolution(
            0, Convolution.Names.STEM, plan.imageChannels(), plan.channels(), 1, wiring);
    return new ConvolvedMap("stem", images, 1, List.of(convolution), wiring.buffers());
  }

  private void backward(
      double[] directions,
      Top top,
      List<LayerPass> layers,
      ConvolvedMap stem,
      Jacobian jacobian,
      Buffers buffers,
      Runnable betweenSteps) {
    Cotangents cotangents = cotangents(layers.getLast().output(), jacobian, buffers);
    int slot = 0;
    top.backward(directions, cotangents, slot, jacobian);
    for (int i = layers.size() - 1; i >= 0; i--) {
      betweenSteps.run();
      FeatureMap before = layers.get(Math.max(0, i - 1)).output(); // the stem's is like its cell's
      boolean same = before.size() == cotangents.grid().size();
      Cotangents into = same ? cotangents : cotangents(before, jacobian, buffers);
      slot = layers.get(i).backward(cotangents, slot, into, jacobian);
      cotangents = into;
    }
    ReductionPass.differentiate(stem, cotangents, slot, jacobian);
  }

  private Cotangents cotangents(FeatureMap map, Jacobian jacobian, Buffers buffers) {
    CotangentGrid grid = new CotangentGrid(map.size(), map.channels(), jacobian.lanes());
    return new Cotangents(grid, map.images(), buffers, work);
  }

  /** The block that leaves fewest lanes idle. */
  private static int lanes(int rows) {
    int wide = Math.ceilDiv(rows, WIDE) * WIDE;
    int narrow = Math.ceilDiv(rows, NARROW) * NARROW;
    return narrow < wide ? NARROW : WIDE;
  }
}
