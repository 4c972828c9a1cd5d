package dev.espalier.learning.predictor;

import dev.espalier.learning.training.CorruptCheckpoint;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The weighted mean of some fitted members; most kinds have one. */
final class FittedPredictor implements Predictor {
  private static final String FORMAT = "espalier-predictor/1";

  /** In the metadata: the names of what it reads beside graphs. */
  private static final String COLUMNS = "columns";

  private final StructuredEncoding encoding;
  private final String kind;
  private final List<Model> members;
  private final double[] weights;

  /** What a saved predictor says of itself. */
  private record Description(String kind, String space, List<String> families) {}

  /**
   * @param members of an ensemble, the linear model first
   */
  FittedPredictor(StructuredEncoding encoding, String kind, List<Model> members) {
    this.encoding = encoding;
    this.kind = kind;
    this.members = List.copyOf(members);
    this.weights = PredictorKind.weights(members.stream().map(Model::family).toList());
  }

  @Override
  public double[] predict(List<? extends Architecture> architectures) {
    if (members.size() == 1) {
      return members
          .getFirst()
          .predict(architectures.size(), i -> encoding.encode(architectures.get(i)));
    }
    List<EncodedArchitecture> encoded = encoding.encode(architectures);
    double[] sums = new double[encoded.size()];
    for (int member = 0; member < weights.length; member++) {
      double[] predictions = members.get(member).predict(encoded);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += weights[member] * predictions[i];
      }
    }
    return sums;
  }

  /** The moments of a mixture: members differ, and each may be unsure by itself. */
  @Override
  public List<Estimate> estimate(List<? extends Architecture> architectures) {
    double[] means = predict(architectures);
    List<EncodedArchitecture> encoded = encoding.encode(architectures);
    double[] variances = new double[means.length];
    for (int member = 0; member < weights.length; member++) {
      List<Estimate> own = members.get(member).estimate(encoded);
      for (int i = 0; i < means.length; i++) {
        double apart = weights.length == 1 ? 0 : own.get(i).mean() - means[i];
        double unsure = own.get(i).standardDeviation();
        variances[i] += weights[member] * (apart * apart + unsure * unsure);
      }
    }
    return IntStream.range(0, means.length)
        .mapToObj(i -> new Estimate(means[i], Math.sqrt(variances[i])))
        .toList();
  }

  @Override
  public Uncertainty uncertainty() {
    return members.size() == 1 ? members.getFirst().uncertainty() : Uncertainty.MEMBERS;
  }

  @Override
  public byte[] save() {
    Description description =
        new Description(
            kind,
            encoding.digest(),
            members.stream().map(Model::family).map(Family::name).toList());
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("predictor", Json.write(description));
    if (!encoding.columns().isEmpty()) {
      metadata.put(COLUMNS, Json.write(encoding.columns().names()));
    }
    return Safetensors.of(metadata, arrays(members)).encode();
  }

  /** Its members, in their order. */
  List<Model> members() {
    return members;
  }

  /** The arrays of all members, {@code member.0.} and so on before their names. */
  static List<NamedArray> arrays(List<Model> members) {
    List<NamedArray> arrays = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      for (NamedArray array : members.get(i).arrays()) {
        arrays.add(
            new NamedArray(
                "member.%d.%s".formatted(i, array.name()), array.shape(), array.values()));
      }
    }
    return arrays;
  }

  static FittedPredictor load(StructuredEncoding encoding, byte[] saved) {
    Safetensors file = Safetensors.decode(saved);
    if (!FORMAT.equals(file.metadata().get("format"))) {
      throw new CorruptCheckpoint(
          "not a predictor: its format is %s, this version reads %s"
              .formatted(file.metadata().get("format"), FORMAT));
    }
    Description description =
        Json.read(file.metadata().getOrDefault("predictor", ""), Description.class);
    if (!encoding.digest().equals(description.space())) {
      throw new InvalidInput(
          "the predictor was fitted in another space (%s, expected %s): fit it in this one"
              .formatted(description.space(), encoding.digest()));
    }
    List<?> columns = Json.read(file.metadata().getOrDefault(COLUMNS, "[]"), List.class);
    if (!encoding.columns().names().equals(columns)) {
      throw new InvalidInput(
          "the predictor reads the columns %s beside graphs, but was given %s"
              .formatted(columns, encoding.columns().names()));
    }
    return new FittedPredictor(
        encoding,
        description.kind(),
        members(
            encoding, description.families().stream().map(Family::named).toList(), file.arrays()));
  }

  /** The first members, by their families. */
  static List<Model> members(
      StructuredEncoding encoding, List<Family> families, Map<String, NamedArray> arrays) {
    List<Model> members = new ArrayList<>();
    for (Family family : families) {
      Map<String, NamedArray> own = withPrefix("member.%d.".formatted(members.size()), arrays);
      members.add(family.restoring().restore(encoding.layout(), own));
    }
    return members;
  }

  static Map<String, NamedArray> withPrefix(String prefix, Map<String, NamedArray> arrays) {
    Map<String, NamedArray> chosen = new LinkedHashMap<>();
    arrays.forEach((name, array) -> {
      if (name.startsWith(prefix)) {
        String rest = name.substring(prefix.length());
        chosen.put(rest, new NamedArray(rest, array.shape(), array.values()));
      }
    });
    return chosen;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public void close() {}
}
