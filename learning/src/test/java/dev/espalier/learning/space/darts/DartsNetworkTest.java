package dev.espalier.learning.space.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.network.ParameterKind;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.tensor.Gradients;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.darts.DartsCost;
import dev.espalier.search.space.darts.DartsMask;
import dev.espalier.search.space.darts.DartsOperator;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.darts.Genotype;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DARTS networks against the same in plain loops. */
class DartsNetworkTest {
  private static final DartsMask EVERYTHING = DartsSpace.SPACE.supernet(true);

  private final Torch torch = Torch.cpu();

  /** Any operators on any edge, some edges empty. */
  private static DartsMask randomMask(RandomStream stream) {
    List<Set<DartsOperator>> active = new ArrayList<>();
    for (int edge = 0; edge < DartsMask.EDGES; edge++) {
      Set<DartsOperator> operators = EnumSet.noneOf(DartsOperator.class);
      for (DartsOperator operator : DartsOperator.ALL) {
        if (stream.nextInt(4) == 0) {
          operators.add(operator);
        }
      }
      active.add(operators);
    }
    return new DartsMask(active);
  }

  /** Drawn values, scales and shifts among them, kept by name. */
  private static ParameterSource kept(Map<String, float[]> values, long seed) {
    return parameter -> {
      float[] drawn = new float[parameter.size()];
      RandomStream.of(seed, parameter.name())
          .fillUniform(drawn, parameter.kind() == ParameterKind.SCALE ? 0.5 : -0.8, 1);
      values.put(parameter.name(), drawn);
      return drawn;
    };
  }

  private static double[][][][] images(int count, int channels, int size, long seed) {
    RandomStream stream = RandomStream.of(seed, "images");
    double[][][][] images = new double[count][channels][size][size];
    for (double[][][] image : images) {
      for (double[][] channel : image) {
        for (double[] row : channel) {
          Arrays.setAll(row, i -> stream.nextGaussian());
        }
      }
    }
    return images;
  }

  private static double[] flat(Object nested) {
    return nested instanceof double[] row
        ? row
        : Arrays.stream((Object[]) nested).flatMapToDouble(x -> Arrays.stream(flat(x))).toArray();
  }

  private Tensor buffer(double[][][][] images) {
    return torch.buffer(
        flat(images), images.length, images[0].length, images[0][0].length, images[0][0].length);
  }

  private DartsSupernet supernet(DartsPlan plan, DartsMask mask, ParameterSource source) {
    return new DartsSupernet(
        torch, plan, mask, source, Precision.FLOAT64, parameter -> parameter.kind().isWeight());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
  void aSupernetIsTheSumOfTheMeansOfItsEdges(long seed) {
    DartsMask mask = seed == 0 ? EVERYTHING : randomMask(RandomStream.of(seed, "mask"));
    Map<String, float[]> values = new HashMap<>();
    double[][][][] images = images(3, 3, seed % 2 == 0 ? 8 : 7, seed);
    try (DartsSupernet network =
            supernet(DartsPlan.measured(2, 1, 5, 3), EVERYTHING, kept(values, seed));
        Tensor batch = buffer(images);
        Scope _ = torch.inference()) {
      double[] logits = network.forwardMerged(batch, mask).toDoubles();
      double[][] expected = new NaiveDartsNetwork(values).measured(images, 2, mask);
      assertThat(logits).containsExactly(flat(expected), within(1e-9));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3})
  void theThinNetworkHasTheSamePatternsAsOneReluAnOperator(long seed) {
    DartsMask mask = seed == 0 ? EVERYTHING : randomMask(RandomStream.of(seed, "thin"));
    Map<String, float[]> values = new HashMap<>();
    double[][][][] images = images(40, 1, 3, seed);
    try (DartsSupernet network = supernet(DartsPlan.thin(1), EVERYTHING, kept(values, seed));
        Tensor batch = buffer(images);
        Scope _ = torch.inference()) {
      List<double[]> seen = new ArrayList<>();
      double[] last =
          network
              .forward(batch, mask, Phase.TRAIN, activation -> seen.add(activation.toDoubles()))
              .toDoubles();
      NaiveDartsNetwork naive = new NaiveDartsNetwork(values);
      assertThat(last).containsExactly(flat(naive.thin(images, 1, mask)), within(1e-9));
      List<double[]> all = naive.activations().stream().map(DartsNetworkTest::flat).toList();
      assertThat(patterns(seen, 40)).isEqualTo(patterns(all, 40));
    }
  }

  /** For each sample the number of the first one whose units are on and off alike. */
  private static List<Integer> patterns(List<double[]> activations, int samples) {
    List<List<Boolean>> bits = new ArrayList<>();
    for (int sample = 0; sample < samples; sample++) {
      List<Boolean> own = new ArrayList<>();
      for (double[] layer : activations) {
        int width = layer.length / samples;
        for (int unit = 0; unit < width; unit++) {
          own.add(layer[sample * width + unit] > 0);
        }
      }
      bits.add(own);
    }
    return bits.stream().map(bits::indexOf).toList();
  }

  @ParameterizedTest(name = "{0}, {1} cells, {2} x {2} pixels, seed {3}")
  @CsvSource({
    "CIFAR, 1, 8, 0",
    "CIFAR, 3, 8, 1",
    "CIFAR, 4, 7, 2",
    "IMAGENET, 3, 32, 3",
    "IMAGENET, 2, 17, 4"
  })
  void aGenotypesNetworkIsThePublishedOne(DartsShape.Stem stem, int cells, int size, long seed) {
    Genotype genotype = DartsSpace.SPACE.random(RandomStream.of(seed, "genotype"));
    DartsShape shape = new DartsShape(stem, 2, cells, 3, size, 3);
    Map<String, float[]> values = new HashMap<>();
    double[][][][] images = images(4, 3, size, seed);
    try (DartsNetwork network = new DartsNetwork(torch, shape, genotype, kept(values, seed));
        Tensor batch = singlePrecision(images);
        Scope _ = torch.inference()) {
      NaiveDartsNetwork naive = new NaiveDartsNetwork(values);
      double[][] expected =
          switch (stem) {
            case CIFAR -> naive.cifar(images, 2, cells, genotype);
            case IMAGENET -> naive.imageNet(images, 2, cells, genotype);
          };
      float[] logits = network.forward(batch, Phase.TRAIN).toFloats();
      double[] found = new double[logits.length];
      Arrays.setAll(found, i -> logits[i]);
      assertThat(found).containsExactly(flat(expected), within(2e-3));
      int parameters = network.parameters().values().stream().mapToInt(Tensor::size).sum();
      assertThat(parameters).isEqualTo(DartsCost.of(genotype, shape).parameters());
    }
  }

  private Tensor singlePrecision(double[][][][] images) {
    double[] wide = flat(images);
    float[] values = new float[wide.length];
    for (int i = 0; i < wide.length; i++) {
      values[i] = (float) wide[i];
    }
    return torch.buffer(
        values, images.length, images[0].length, images[0][0].length, images[0][0].length);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2})
  void gradientsAreTheSlopesOfTheLogits(long seed) {
    DartsMask mask = seed == 0 ? EVERYTHING : randomMask(RandomStream.of(seed, "gradients"));
    Map<String, float[]> values = new HashMap<>();
    DartsPlan plan = DartsPlan.measured(2, 1, 2, 3);
    double[][][][] images = images(3, 3, 6, seed);
    try (DartsSupernet network = supernet(plan, mask, kept(values, seed));
        Tensor batch = buffer(images);
        Scope _ = torch.recording()) {
      List<Tensor> leaves = network.leaves(mask);
      List<Tensor> gradients = Gradients.of(network.forwardMerged(batch, mask).sum(), leaves);
      List<String> names =
          plan.parameters(DartsWiring.of(mask)).stream()
              .filter(parameter -> parameter.kind().isWeight())
              .map(ParameterSpecification::name)
              .toList();
      assertThat(names).hasSameSizeAs(leaves);
      RandomStream stream = RandomStream.of(seed, "which");
      for (int trial = 0; trial < 25; trial++) {
        int which = stream.nextInt(names.size());
        int element = stream.nextInt(leaves.get(which).size());
        double slope = slope(values, names.get(which), element, images, mask);
        assertThat(gradients.get(which).toDoubles()[element])
            .as("%s[%d]", names.get(which), element)
            .isCloseTo(slope, within(1e-2 * Math.max(0.1, Math.abs(slope))));
      }
    }
  }

  /** By the difference of two runs; values are floats, so the step is a power of two. */
  private static double slope(
      Map<String, float[]> values,
      String name,
      int element,
      double[][][][] images,
      DartsMask mask) {
    float step = 0x1p-17f;
    double[] sums = new double[2];
    float[] parameter = values.get(name);
    assertThat(parameter).isNotNull();
    float before = parameter[element];
    float below = before - step;
    float above = before + step;
    for (int side = 0; side < 2; side++) {
      parameter[element] = side == 0 ? below : above;
      sums[side] =
          Arrays.stream(flat(new NaiveDartsNetwork(values).measured(images, 2, mask))).sum();
    }
    parameter[element] = before;
    return (sums[1] - sums[0]) / ((double) above - below);
  }

  @Test
  void hasThePublishedNumberOfParameters() {
    Genotype dartsV2 =
        Genotype.parse(
            "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1),"
                + " ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0), ('dil_conv_3x3', 2)],"
                + " normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1),"
                + " ('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0), ('skip_connect', 2),"
                + " ('skip_connect', 2), ('max_pool_3x3', 1)], reduce_concat=[2, 3, 4, 5])");
    // Liu et al. 2019: 3.3 M for CIFAR, 4.7 M for ImageNet.
    assertThat(parameters(DartsShape.CIFAR, dartsV2)).isEqualTo(3_349_342);
    assertThat(parameters(DartsShape.IMAGENET, dartsV2)).isEqualTo(4_718_752);
  }

  private static int parameters(DartsShape shape, Genotype genotype) {
    return DartsPlan.of(shape).parameters(DartsWiring.of(genotype)).stream()
        .mapToInt(ParameterSpecification::size)
        .sum();
  }

  @Test
  void twoEqualGenesOfANodeAreTwoOperators() {
    String gene = "('sep_conv_3x3', 0), ('sep_conv_3x3', 0)";
    String genes = String.join(", ", gene, gene, gene, gene);
    Genotype twins =
        Genotype.parse(
            "Genotype(normal=[%s], normal_concat=range(2, 6), reduce=[%s], reduce_concat=range(2, 6))"
                .formatted(genes, genes));
    DartsShape shape = new DartsShape(DartsShape.Stem.CIFAR, 2, 2, 3, 8, 3);
    assertThat(DartsPlan.of(shape).parameters(DartsWiring.of(twins)))
        .extracting(ParameterSpecification::name)
        .doesNotHaveDuplicates();
    assertThat(parameters(shape, twins)).isEqualTo(DartsCost.of(twins, shape).parameters());
  }

  @Test
  void needsChannels() {
    assertThatThrownBy(() -> DartsPlan.measured(0, 1, 10, 3))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("channels 0");
  }
}
