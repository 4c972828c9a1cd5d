package dev.espalier.learning.space.mobilenetv3;

import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.space.SupernetWeights;
import dev.espalier.learning.statedict.TorchCheckpoint;
import dev.espalier.learning.training.CorruptCheckpoint;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.learning.training.Trainee;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.mobilenetv3.ElasticArchitecture;
import dev.espalier.search.space.mobilenetv3.ElasticBlock;
import dev.espalier.search.space.mobilenetv3.ElasticNetwork;
import dev.espalier.search.space.mobilenetv3.ElasticNetwork.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The weights of a supernet of MobileNetV3 in the layout that Once-for-All publishes (Cai et al.,
 * ICLR 2020), from which those of every network of the space are cut out: of a narrower block the
 * first channels, of a smaller kernel the middle of the next larger one, through its matrix, and of
 * a shallower stage the first blocks.
 *
 * <p>Names are read as published, {@code
 * blocks.3.mobile_inverted_conv.depth_conv.conv.conv.weight}, also within {@code state_dict}, with
 * {@code module.} before them, and with {@code conv} for {@code mobile_inverted_conv}, as later
 * programs write.
 */
final class ElasticWeights implements SupernetWeights {
  private static final int FEATURES = 1280;
  private static final int SHOWN = 4;
  private static final ElasticArchitecture WHOLE =
      ElasticArchitecture.parse("{'ks': 7, 'e': 6, 'd': 4}");
  private static final List<String> STATISTICS = List.of(".running_mean", ".running_var");

  private final ElasticNetwork network;
  private final int classes;
  private final Map<String, NamedArray> arrays;
  private final String digest;

  private ElasticWeights(ElasticNetwork network, int classes, Map<String, NamedArray> arrays) {
    this.network = network;
    this.classes = classes;
    this.arrays = arrays;
    this.digest =
        Digest.sha256(
            Safetensors.of(
                    Map.of(),
                    new TreeMap<>(arrays)
                        .entrySet().stream()
                            .map(each -> each.getValue().named(each.getKey()))
                            .toList())
                .encode());
  }

  /**
   * Reads a file that PyTorch saved, of either format, or safetensors.
   *
   * @throws InvalidInput if it is something else, or of another network, with what does not fit
   */
  static ElasticWeights read(byte[] file) {
    return of(tensors(file));
  }

  /**
   * Whether tensors look like those of a supernet, or of a network, of this space.
   *
   * @param names of the tensors
   */
  static boolean looksLike(Set<String> names) {
    Set<String> plain = names.stream().map(ElasticWeights::plain).collect(Collectors.toSet());
    return plain.contains(ElasticPlan.MIXED) && plain.contains(ElasticPlan.FIRST);
  }

  /**
   * The supernet of these tensors.
   *
   * @throws InvalidInput if they are of another network, with what does not fit
   */
  static ElasticWeights of(SequencedMap<String, NamedArray> tensors) {
    Map<String, NamedArray> arrays = new LinkedHashMap<>();
    tensors.values().stream()
        .filter(each -> !each.name().endsWith("num_batches_tracked"))
        .forEach(each -> arrays.put(plain(each.name()), each));
    NamedArray mixed = arrays.get(ElasticPlan.MIXED);
    NamedArray linear = arrays.get(ElasticPlan.CLASSIFIER + ".weight");
    if (mixed == null || linear == null || linear.shape().length != 2) {
      throw new InvalidInput(
          "this is no supernet of MobileNetV3: it has no %s. It has %s"
              .formatted(
                  mixed == null ? ElasticPlan.MIXED : ElasticPlan.CLASSIFIER + ".weight",
                  arrays.isEmpty() ? "nothing" : arrays.keySet().iterator().next()));
    }
    ElasticNetwork network = network((double) mixed.shape()[0] / FEATURES);
    int classes = (int) linear.shape()[0];
    check(arrays, new ElasticPlan(WHOLE, network, classes, 3));
    return new ElasticWeights(network, classes, Map.copyOf(arrays));
  }

  private static SequencedMap<String, NamedArray> tensors(byte[] file) {
    try {
      return Safetensors.decode(file).arrays();
    } catch (CorruptCheckpoint e) {
      return TorchCheckpoint.read(file);
    }
  }

  private static ElasticNetwork network(double width) {
    try {
      return new ElasticNetwork(width, 2, 0);
    } catch (InvalidInput e) {
      throw new InvalidInput(
          "this is no supernet of MobileNetV3: with %d features it would have width %s"
              .formatted(Math.round(width * FEATURES), width),
          e);
    }
  }

  /** The name that a network's own parameter has, of those that programs have written. */
  private static String plain(String name) {
    return name.replaceFirst("^(?:state_dict\\.)?(?:module\\.)?", "")
        .replaceFirst("^(blocks\\.\\d+)\\.conv\\.", "$1.mobile_inverted_conv.")
        .replace(".conv.conv.", ".conv.")
        .replace(".bn.bn.", ".bn.")
        .replace(".linear.linear.", ".linear.");
  }

  private static void check(Map<String, NamedArray> arrays, ElasticPlan plan) {
    List<String> problems = new ArrayList<>();
    for (ParameterSpecification parameter : plan.parameters()) {
      expect(problems, arrays, parameter.name(), parameter.dimensions());
      if (parameter.name().endsWith(".bn.bias")) {
        String prefix = parameter.name().substring(0, parameter.name().length() - ".bias".length());
        STATISTICS.forEach(each -> expect(problems, arrays, prefix + each, parameter.dimensions()));
      }
    }
    if (!problems.isEmpty()) {
      List<String> shown = new ArrayList<>(problems.subList(0, Math.min(SHOWN, problems.size())));
      if (problems.size() > SHOWN) {
        shown.add("and %,d more".formatted(problems.size() - SHOWN));
      }
      throw new InvalidInput(
          "this is no supernet of MobileNetV3 of width %s with four blocks a stage, kernel 7 and expansion 6: %s"
              .formatted(plan.network().width(), String.join("; ", shown)));
    }
  }

  private static void expect(
      List<String> problems, Map<String, NamedArray> arrays, String name, long... shape) {
    NamedArray array = arrays.get(name);
    if (array == null) {
      problems.add(name + " is missing");
    } else if (!Arrays.equals(array.shape(), shape)) {
      problems.add(
          "%s has the shape %s, not %s"
              .formatted(name, Arrays.toString(array.shape()), Arrays.toString(shape)));
    }
  }

  /** With the published stride of the first convolution and no dropout. */
  @Override
  public ElasticNetwork network() {
    return network;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public String digest() {
    return digest;
  }

  @Override
  public Safetensors cut(Architecture architecture) {
    ElasticArchitecture elastic = (ElasticArchitecture) architecture;
    return new Safetensors(
        Map.of("architecture", elastic.canonical(), "supernet", digest), arrays(elastic));
  }

  @Override
  public Trainee trainee(NetworkSettings settings, Architecture architecture) {
    ElasticNetwork wanted = (ElasticNetwork) settings;
    if (wanted.width() != network.width()) {
      throw new InvalidInput(
          "network.width is %s, but the supernet's is %s: set network.width to %s"
              .formatted(wanted.width(), network.width(), network.width()));
    }
    ElasticArchitecture elastic = (ElasticArchitecture) architecture;
    return new CutTrainee(new ElasticTrainee(elastic, wanted), digest, classes, arrays(elastic));
  }

  /**
   * The parameters and running statistics of a network, by the names that it has by itself.
   *
   * @throws InvalidInput if the supernet has no matrix for a kernel that is smaller than its own
   */
  private SequencedMap<String, NamedArray> arrays(ElasticArchitecture architecture) {
    SequencedMap<String, NamedArray> cut = new LinkedHashMap<>();
    ElasticPlan plan = new ElasticPlan(architecture, network, classes, 3);
    List<Place> places = plan.places();
    for (ParameterSpecification parameter : plan.parameters()) {
      String name = parameter.name();
      put(cut, name, inSupernet(name, places), places, parameter);
      if (name.endsWith(".bn.bias")) {
        String prefix = name.substring(0, name.length() - ".bias".length());
        for (String each : STATISTICS) {
          put(cut, prefix + each, inSupernet(prefix + each, places), places, parameter);
        }
      }
    }
    return cut;
  }

  private void put(
      Map<String, NamedArray> cut,
      String name,
      String whole,
      List<Place> places,
      ParameterSpecification parameter) {
    NamedArray source = array(whole);
    boolean isFilter = name.endsWith("depth_conv.conv.weight") && !name.startsWith("blocks.0.");
    float[] values =
        isFilter
            ? filters(source, whole, places.get(block(name)))
            : first(source, parameter.dimensions());
    cut.put(name, new NamedArray(name, parameter.dimensions(), values));
  }

  /** Blocks are counted on without gaps in a network, and by slots in the supernet. */
  private static String inSupernet(String name, List<Place> places) {
    if (!name.startsWith("blocks.")) {
      return name;
    }
    int block = block(name);
    Place place = places.get(block);
    int slot = block == 0 ? 0 : 1 + place.stage() * ElasticArchitecture.DEEPEST + place.slot();
    return name.replaceFirst("^blocks\\.\\d+\\.", "blocks." + slot + ".");
  }

  private static int block(String name) {
    return Integer.parseInt(name.split("\\.", 3)[1]);
  }

  private NamedArray array(String name) {
    NamedArray array = arrays.get(name);
    if (array == null) {
      throw new InvalidInput("the supernet has no " + name);
    }
    return array;
  }

  /** The first entries along every axis. */
  private static float[] first(NamedArray source, long... shape) {
    int rows = (int) shape[0];
    int width = shape.length > 1 ? (int) shape[1] : 1;
    int taps = shape.length > 2 ? (int) (shape[2] * shape[3]) : 1;
    int stride = source.values().length / (int) source.shape()[0];
    float[] values = new float[rows * width * taps];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(source.values(), row * stride, values, row * width * taps, width * taps);
    }
    return values;
  }

  /**
   * The depthwise filters of a block, from the supernet's kernel downwards.
   *
   * @param name of the supernet's filters
   */
  private float[] filters(NamedArray source, String name, Place place) {
    int side = ElasticBlock.KERNELS.getLast();
    float[] filters = first(source, place.inner(), 1, side, side);
    while (side > place.kernel()) {
      int smaller = side - 2;
      String matrix =
          name.substring(0, name.length() - "weight".length())
              + (side + "to" + smaller + "_matrix");
      NamedArray transform = arrays.get(matrix);
      if (transform == null) {
        throw new InvalidInput(
            "the supernet has no %s, so it has no kernels below %d".formatted(matrix, side));
      }
      filters = smaller(filters, side, transform.values());
      side = smaller;
    }
    return filters;
  }

  /** The middle of each filter times the matrix: {@code [m, k, k] -> [m, k - 2, k - 2]}. */
  private static float[] smaller(float[] filters, int side, float[] matrix) {
    int inner = side - 2;
    int taps = inner * inner;
    int count = filters.length / (side * side);
    float[] result = new float[count * taps];
    for (int filter = 0; filter < count; filter++) {
      for (int to = 0; to < taps; to++) {
        double sum = 0;
        for (int from = 0; from < taps; from++) {
          int row = 1 + from / inner;
          int column = 1 + from % inner;
          sum +=
              (double) filters[filter * side * side + row * side + column]
                  * matrix[to * taps + from];
        }
        result[filter * taps + to] = (float) sum;
      }
    }
    return result;
  }
}
