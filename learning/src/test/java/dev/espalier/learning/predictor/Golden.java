package dev.espalier.learning.predictor;

import dev.espalier.learning.data.Npz;
import dev.espalier.learning.data.SharedFiles;
import dev.espalier.learning.statedict.TorchCheckpoint;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The published predictor and what the published program computed (golden/gnn_evolution). */
final class Golden {
  static final String FOLDER = "golden/gnn_evolution/";
  private static final int BITS = 30;

  static final GraphLayout LAYOUT = GraphLayout.chain(5, 6);

  private Golden() {}

  static Npz file(String name) {
    return Npz.of(FOLDER + name);
  }

  static byte[] published() {
    try {
      return Files.readAllBytes(SharedFiles.of(FOLDER + "predictor.pth"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The published network with the published weights. */
  static GraphNetwork publishedNetwork() {
    GraphNetwork network = new GraphNetwork(LAYOUT, 128, 54, 5);
    Map<String, NamedArray> tensors = TorchCheckpoint.read(published());
    for (Matrix matrix : network.matrices()) {
      matrix.assign(Objects.requireNonNull(tensors.get("model." + matrix.name())).values());
    }
    return network;
  }

  /** Embedding 6, hidden 5, three blocks. */
  static GraphNetwork smallNetwork() {
    GraphNetwork network = new GraphNetwork(LAYOUT, 6, 5, 3);
    Npz weights = file("small_model_weights.npz");
    network.matrices().forEach(matrix -> matrix.assign(weights.floats(matrix.name())));
    return network;
  }

  static List<EncodedArchitecture> encoded(double[] numbers) {
    return bits(numbers).stream().map(bits -> new EncodedArchitecture(LAYOUT, bits)).toList();
  }

  static List<boolean[]> bits(double[] numbers) {
    List<boolean[]> rows = new ArrayList<>();
    for (int from = 0; from < numbers.length; from += BITS) {
      boolean[] bits = new boolean[BITS];
      for (int i = 0; i < BITS; i++) {
        bits[i] = numbers[from + i] == 1;
      }
      rows.add(bits);
    }
    return rows;
  }

  /** The 300 architectures that the published accuracies belong to. */
  static List<EncodedArchitecture> encoded() {
    return encoded(file("architectures.npz").get("bits"));
  }

  static TrainingRows rows() {
    List<Architecture> architectures = new ArrayList<>();
    bits(file("architectures.npz").get("bits"))
        .forEach(bits -> architectures.add(ParallelSpace.PUBLISHED.of(bits)));
    return new TrainingRows(architectures, file("architectures.npz").get("accuracy"));
  }
}
