package dev.espalier.learning.indicator;

import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.Network;
import dev.espalier.learning.network.NetworkPlan;
import dev.espalier.learning.network.ParameterKind;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.tensor.Gradients;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.Operator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Indicators of the whole network at its initialisation: PyTorch's default, with which the
 * published scores were made (their weight norms say so: each convolution adds the square root of a
 * third of its outputs). Batch normalisation uses the batch, as in a fresh network.
 *
 * <p>Within a seed all cells see the same images, and share weights, name by name, so that what
 * stem, reduction blocks and classifier contribute is the same for all. What one pass gives of a
 * cell is kept until the next cell. One instance for a thread.
 */
final class NetworkIndicators implements AutoCloseable {
  private static final String ROOT = "score";
  private static final int KEPT = 4;

  private final Torch torch;
  private final IndicatorImages images;
  private final NetworkSettings settings;
  private final NetworkPlan plan;
  private final RecentlyUsed<Long, Map<String, float[]>> weights = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<Long, LabelledBatch> batches = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<Key, Patterned> patterned = new RecentlyUsed<>(1);
  private final RecentlyUsed<Key, Differentiated> differentiated = new RecentlyUsed<>(1);

  private record Key(Cell cell, long seed) {}

  /** What a forward pass gives. */
  private record Patterned(@Nullable Double naswot, double swap) {}

  /** What a backward pass gives. */
  private record Differentiated(@Nullable Double snip, @Nullable Double gradNorm) {}

  NetworkIndicators(Torch torch, IndicatorImages images, NetworkSettings settings) {
    this.torch = torch;
    this.images = images;
    this.settings = settings;
    this.plan =
        NetworkPlan.whole(
            settings.channels(), settings.cells(), images.classes(), IndicatorImages.CHANNELS);
  }

  @Nullable Double naswot(Cell cell, long seed) {
    return patterned.get(new Key(cell, seed), this::patterned).naswot();
  }

  double swap(Cell cell, long seed) {
    return patterned.get(new Key(cell, seed), this::patterned).swap();
  }

  @Nullable Double snip(Cell cell, long seed) {
    return differentiated.get(new Key(cell, seed), this::differentiated).snip();
  }

  @Nullable Double gradNorm(Cell cell, long seed) {
    return differentiated.get(new Key(cell, seed), this::differentiated).gradNorm();
  }

  private Patterned patterned(Key key) {
    LabelledBatch batch = batch(key.seed());
    ActivationPatterns patterns = new ActivationPatterns(batch.count());
    try (Network network =
            network(key.cell(), weights(key.seed()), Precision.FLOAT32, Leaves.NONE);
        Scope _ = torch.inference()) {
      network.forward(
          torch.tensor(batch.pixels(), batch.shape()),
          key.cell().mask(),
          Phase.TRAIN,
          patterns::add);
    }
    return new Patterned(HammingKernel.score(patterns), SampleWisePatterns.count(patterns));
  }

  private Differentiated differentiated(Key key) {
    LabelledBatch batch = batch(key.seed());
    try (Network network =
            network(key.cell(), weights(key.seed()), Precision.FLOAT32, Leaves.WEIGHTS);
        Scope _ = torch.recording()) {
      Tensor logits =
          network.forward(torch.tensor(batch.pixels(), batch.shape()), Phase.TRAIN); // [b, k]
      WeightGradients gradients =
          WeightGradients.ofLoss(torch, logits, batch.labels(), network.leaves(key.cell().mask()));
      return new Differentiated(finite(gradients.saliency()), finite(gradients.norm()));
    }
  }

  @Nullable Double jacov(Cell cell, long seed) {
    if (!passes(cell)) {
      return null;
    }
    LabelledBatch batch = batch(seed);
    try (Network network = network(cell, weights(seed), Precision.FLOAT32, Leaves.NONE);
        Tensor pixels = torch.leaf(batch.pixels(), batch.shape());
        Scope _ = torch.recording()) {
      Tensor logits = network.forward(pixels, Phase.TRAIN); // [b, k]
      double[] jacobian =
          Gradients.of(logits.sum(), List.of(pixels)).getFirst().toDoubles(); // [b, 3 h w]
      return JacobianCovariance.score(jacobian, batch.count());
    }
  }

  /** Whether the output depends on the input. */
  private static boolean passes(Cell cell) {
    boolean[] reached = new boolean[Edge.NODES];
    reached[0] = true;
    for (Edge edge : Edge.ALL) {
      reached[edge.target()] |= reached[edge.source()] && cell.on(edge.index()) != Operator.NONE;
    }
    return reached[Edge.NODES - 1];
  }

  /**
   * In double precision, since flows of deep networks leave the range of single precision; without
   * batch normalisation, as published.
   */
  @Nullable Double synflow(Cell cell, long seed) {
    try (Network network =
            network(cell, absolute(weights(seed)), Precision.FLOAT64, Leaves.WEIGHTS);
        Scope _ = torch.recording()) {
      Tensor ones =
          torch.full(
              1,
              Precision.FLOAT64,
              1,
              IndicatorImages.CHANNELS,
              settings.imageSize(),
              settings.imageSize());
      Tensor flow = network.forward(ones, Phase.UNNORMALIZED); // [1, k]
      double saliency = WeightGradients.ofSum(flow, network.leaves(cell.mask())).saliency();
      return finite(StrictMath.log(saliency));
    }
  }

  @Nullable Double l2Norm(Cell cell, long seed) {
    Map<String, float[]> values = weights(seed);
    double sum = 0;
    for (ParameterSpecification parameter : plan.parameters(cell.mask())) {
      if (isLayer(parameter)) {
        double squares = 0;
        for (float weight : ParameterSource.known(values).values(parameter)) {
          squares += (double) weight * weight;
        }
        sum += Math.sqrt(squares);
      }
    }
    return finite(sum);
  }

  /** What gradients are taken for. */
  private enum Leaves {
    NONE,
    WEIGHTS
  }

  private Network network(
      Cell cell, Map<String, float[]> values, Precision precision, Leaves leaves) {
    return new Network(
        torch,
        plan,
        cell.mask(),
        ParameterSource.known(values),
        precision,
        parameter ->
            switch (leaves) {
              case NONE -> false;
              case WEIGHTS -> isLayer(parameter);
            });
  }

  private static boolean isLayer(ParameterSpecification parameter) {
    return parameter.kind() == ParameterKind.CONVOLUTION
        || parameter.kind() == ParameterKind.MATRIX;
  }

  /** Of every operator on every edge, by name. */
  private Map<String, float[]> weights(long seed) {
    return weights.get(
        seed,
        key -> {
          ParameterSource source =
              ParameterSource.drawn(Initialization.PYTORCH_DEFAULT, key, ROOT, "network-weights");
          return plan.parameters(Measures.EVERYTHING).stream()
              .collect(Collectors.toMap(ParameterSpecification::name, source::values));
        });
  }

  private static Map<String, float[]> absolute(Map<String, float[]> values) {
    return values.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> absolute(each.getValue())));
  }

  private static float[] absolute(float[] values) {
    float[] positive = new float[values.length];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = Math.abs(values[i]);
    }
    return positive;
  }

  private LabelledBatch batch(long seed) {
    return batches.get(
        seed,
        key ->
            images.labelled(
                settings.batch(),
                settings.imageSize(),
                RandomStream.of(key, ROOT, "network-images")));
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  @Override
  public void close() {
    weights.close();
    batches.close();
    patterned.close();
    differentiated.close();
  }
}
