package dev.espalier.learning.indicator;

import dev.espalier.learning.indicator.ScoredNetworks.ScoredNetwork;
import dev.espalier.learning.network.Initialization;
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
import dev.espalier.search.space.Architecture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Indicators of the whole network at its initialisation: PyTorch's default, with which the
 * published scores were made (their weight norms say so: each convolution adds the square root of a
 * third of its outputs). Batch normalisation uses the batch, as in a fresh network.
 *
 * <p>Within a seed all architectures see the same images, and share weights, name by name, so that
 * what stem, reduction blocks and classifier contribute is the same for all. What one pass gives of
 * an architecture is kept until the next one. One instance for a thread.
 *
 * @param <A> the architectures
 */
public final class NetworkIndicators<A extends Architecture> implements AutoCloseable {
  private static final String ROOT = "score";
  private static final int KEPT = 4;

  private final Torch torch;
  private final IndicatorImages images;
  private final ScoringSettings settings;
  private final ScoredNetworks<A> networks;
  private final RecentlyUsed<Long, Map<ParameterSpecification, float[]>> weights =
      new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<Long, LabelledBatch> batches = new RecentlyUsed<>(KEPT);
  private final RecentlyUsed<Key<A>, Patterned> patterned = new RecentlyUsed<>(1);
  private final RecentlyUsed<Key<A>, Differentiated> differentiated = new RecentlyUsed<>(1);

  private record Key<A>(A architecture, long seed) {}

  /** What a forward pass gives. */
  private record Patterned(@Nullable Double naswot, double swap) {}

  /** What a backward pass gives. */
  private record Differentiated(@Nullable Double snip, @Nullable Double gradNorm) {}

  /**
   * @param networks of the size that the settings say
   */
  public NetworkIndicators(
      Torch torch, IndicatorImages images, ScoringSettings settings, ScoredNetworks<A> networks) {
    this.torch = torch;
    this.images = images;
    this.settings = settings;
    this.networks = networks;
  }

  /**
   * One of the indicators that are taken of this network.
   *
   * @throws IllegalArgumentException if it is one of those that are not
   */
  public @Nullable Double score(A architecture, Indicator indicator, long seed) {
    return switch (indicator) {
      case NASWOT -> naswot(architecture, seed);
      case JACOV -> jacov(architecture, seed);
      case SYNFLOW -> synflow(architecture, seed);
      case SNIP -> snip(architecture, seed);
      case GRAD_NORM -> gradNorm(architecture, seed);
      case L2_NORM -> l2Norm(architecture, seed);
      case SWAP -> swap(architecture, seed);
      case NTK, REGIONS, PARAMETERS, MACS ->
          throw new IllegalArgumentException(indicator.label() + " is not taken of this network");
    };
  }

  public @Nullable Double naswot(A architecture, long seed) {
    return patterned.get(new Key<>(architecture, seed), this::patterned).naswot();
  }

  public double swap(A architecture, long seed) {
    return patterned.get(new Key<>(architecture, seed), this::patterned).swap();
  }

  public @Nullable Double snip(A architecture, long seed) {
    return differentiated.get(new Key<>(architecture, seed), this::differentiated).snip();
  }

  public @Nullable Double gradNorm(A architecture, long seed) {
    return differentiated.get(new Key<>(architecture, seed), this::differentiated).gradNorm();
  }

  private Patterned patterned(Key<A> key) {
    LabelledBatch batch = batch(key.seed());
    ActivationPatterns patterns = new ActivationPatterns(batch.count());
    try (ScoredNetwork network =
            network(key.architecture(), weights(key.seed()), Precision.FLOAT32, Leaves.NONE);
        Scope _ = torch.inference()) {
      network.forward(torch.tensor(batch.pixels(), batch.shape()), Phase.TRAIN, patterns::add);
    }
    return new Patterned(HammingKernel.score(patterns), SampleWisePatterns.count(patterns));
  }

  private Differentiated differentiated(Key<A> key) {
    LabelledBatch batch = batch(key.seed());
    try (ScoredNetwork network =
            network(key.architecture(), weights(key.seed()), Precision.FLOAT32, Leaves.WEIGHTS);
        Scope _ = torch.recording()) {
      Tensor logits =
          network.forward(torch.tensor(batch.pixels(), batch.shape()), Phase.TRAIN); // [b, k]
      WeightGradients gradients =
          WeightGradients.ofLoss(torch, logits, batch.labels(), network.leaves());
      return new Differentiated(finite(gradients.saliency()), finite(gradients.norm()));
    }
  }

  public @Nullable Double jacov(A architecture, long seed) {
    if (!networks.passes(architecture)) {
      return null;
    }
    LabelledBatch batch = batch(seed);
    try (ScoredNetwork network =
            network(architecture, weights(seed), Precision.FLOAT32, Leaves.NONE);
        Tensor pixels = torch.leaf(batch.pixels(), batch.shape());
        Scope _ = torch.recording()) {
      Tensor logits = network.forward(pixels, Phase.TRAIN); // [b, k]
      double[] jacobian =
          Gradients.of(logits.sum(), List.of(pixels)).getFirst().toDoubles(); // [b, 3 h w]
      return JacobianCovariance.score(jacobian, batch.count());
    }
  }

  /**
   * In double precision, since flows of deep networks leave the range of single precision; without
   * batch normalisation, as published.
   */
  public @Nullable Double synflow(A architecture, long seed) {
    try (ScoredNetwork network =
            network(architecture, absolute(weights(seed)), Precision.FLOAT64, Leaves.WEIGHTS);
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
      double saliency = WeightGradients.ofSum(flow, network.leaves()).saliency();
      return finite(StrictMath.log(saliency));
    }
  }

  public @Nullable Double l2Norm(A architecture, long seed) {
    ParameterSource source = weights(seed);
    double sum = 0;
    for (ParameterSpecification parameter : networks.parameters(architecture)) {
      if (isLayer(parameter)) {
        double squares = 0;
        for (float weight : source.values(parameter)) {
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

  private ScoredNetwork network(
      A architecture, ParameterSource source, Precision precision, Leaves leaves) {
    return networks.build(
        architecture,
        source,
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

  /** Drawn once, by name and shape: of some spaces the shape depends on the architecture. */
  private ParameterSource weights(long seed) {
    Map<ParameterSpecification, float[]> known = weights.get(seed, key -> new HashMap<>());
    ParameterSource drawn =
        ParameterSource.drawn(Initialization.PYTORCH_DEFAULT, seed, ROOT, "network-weights");
    return parameter -> known.computeIfAbsent(parameter, drawn::values);
  }

  private static ParameterSource absolute(ParameterSource source) {
    return parameter -> absolute(source.values(parameter));
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
