package dev.espalier.learning.features;

import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.pickle.TorchFile;
import dev.espalier.learning.pickle.TorchTensor;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a {@link FeatureEncoder}, and how images are normalised for it.
 *
 * @param shape of the network
 * @param arrays parameters and running statistics by torchvision's names, without the classifier
 * @param means subtracted from the pixels, scaled to 0..1, of each of three channels
 * @param deviations that they are divided by then
 */
public record EncoderWeights(
    ResidualShape shape,
    SequencedMap<String, NamedArray> arrays,
    List<Float> means,
    List<Float> deviations) {
  /** What ImageNet's pictures are normalised by, as torchvision's weights expect. */
  private static final List<Float> IMAGENET_MEANS = List.of(0.485f, 0.456f, 0.406f);

  private static final List<Float> IMAGENET_DEVIATIONS = List.of(0.229f, 0.224f, 0.225f);
  private static final String MEANS = "means";
  private static final String DEVIATIONS = "deviations";

  /**
   * Reads a state dict: what {@code torch.save} writes, or safetensors. Weights of the platform's
   * own encoders say what they normalise by; others expect ImageNet's normalisation.
   *
   * @param name for messages
   * @throws InvalidInput if they are no residual network of basic blocks, or not whole, with all
   *     that is wrong
   */
  public static EncoderWeights read(String name, Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(9);
    }
    if (start.length > 8 && start[8] == '{') {
      return decode(name, Files.readAllBytes(file));
    }
    try (TorchFile torch = TorchFile.open(name, file)) {
      SequencedMap<String, NamedArray> arrays = new LinkedHashMap<>();
      collect("", torch.content(), arrays);
      return of(name, arrays);
    }
  }

  /** Names in nested maps, such as {@code state_dict}, count without that map's name. */
  private static void collect(String key, Object content, Map<String, NamedArray> arrays)
      throws IOException {
    switch (content) {
      case Map<?, ?> map -> {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          collect(String.valueOf(entry.getKey()), entry.getValue(), arrays);
        }
      }
      case TorchTensor tensor when tensor.isFloat32() ->
          arrays.put(
              key,
              new NamedArray(
                  key,
                  tensor.shape().stream().mapToLong(Integer::longValue).toArray(),
                  tensor.floats(0, tensor.count())));
      default -> {
        // counts of batches, and what a training keeps beside its network
      }
    }
  }

  /** Reads what {@link #encode} has written. */
  public static EncoderWeights decode(String name, byte[] bytes) {
    Safetensors file = Safetensors.decode(bytes);
    return of(
        name,
        file.arrays(),
        numbers(file.metadata().get(MEANS), IMAGENET_MEANS),
        numbers(file.metadata().get(DEVIATIONS), IMAGENET_DEVIATIONS));
  }

  private static List<Float> numbers(@Nullable String json, List<Float> otherwise) {
    if (json == null) {
      return otherwise;
    }
    List<Float> numbers = new ArrayList<>();
    for (float each : Json.read(json, float[].class)) {
      numbers.add(each);
    }
    return numbers;
  }

  /** Weights that expect ImageNet's normalisation. */
  static EncoderWeights of(String name, Map<String, NamedArray> given) {
    return of(name, given, IMAGENET_MEANS, IMAGENET_DEVIATIONS);
  }

  static EncoderWeights of(
      String name, Map<String, NamedArray> given, List<Float> means, List<Float> deviations) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    given.forEach((key, array) -> shapes.put(key, array.shape()));
    ResidualShape shape = ResidualShape.of(name, shapes);
    SequencedMap<String, NamedArray> arrays = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (ParameterSpecification parameter : shape.parameters(0)) {
      take(name, parameter.name(), parameter.dimensions(), given, arrays, problems);
      if (parameter.name().endsWith(".bias")) { // of a batch normalisation
        String prefix = parameter.name().substring(0, parameter.name().length() - "bias".length());
        long[] channels = parameter.dimensions();
        take(name, prefix + "running_mean", channels, given, arrays, problems);
        take(name, prefix + "running_var", channels, given, arrays, problems);
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return new EncoderWeights(shape, arrays, List.copyOf(means), List.copyOf(deviations));
  }

  private static void take(
      String name,
      String key,
      long[] shape,
      Map<String, NamedArray> given,
      Map<String, NamedArray> arrays,
      List<String> problems) {
    NamedArray array = given.get(key);
    if (array == null) {
      problems.add("%s has no %s".formatted(name, key));
    } else if (!Arrays.equals(array.shape(), shape)) {
      problems.add(
          "%s: %s is %s, expected %s"
              .formatted(name, key, Arrays.toString(array.shape()), Arrays.toString(shape)));
    } else {
      arrays.put(key, array.named(key));
    }
  }

  /** The numbers of an image's features. */
  public int width() {
    return shape.features();
  }

  /** The same as safetensors: equal weights have equal bytes. */
  public byte[] encode() {
    return Safetensors.of(
            new TreeMap<>( // in one order: that of a plain map is another in every process
                Map.of(
                    "kind",
                    "encoder",
                    MEANS,
                    Json.write(means),
                    DEVIATIONS,
                    Json.write(deviations))),
            List.copyOf(arrays.values()))
        .encode();
  }

  /** The same with another normalisation, as the images have it that it was trained on. */
  public EncoderWeights normalisedBy(float[] newMeans, float[] newDeviations) {
    return new EncoderWeights(shape, arrays, boxed(newMeans), boxed(newDeviations));
  }

  private static List<Float> boxed(float[] numbers) {
    List<Float> boxed = new ArrayList<>();
    for (float each : numbers) {
      boxed.add(each);
    }
    return boxed;
  }
}
