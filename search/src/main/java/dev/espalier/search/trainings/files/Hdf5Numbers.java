package dev.espalier.search.trainings.files;

import dev.espalier.search.failure.InvalidInput;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The data sets of an HDF5 file as numbers of one kind, whatever width they were written in. */
final class Hdf5Numbers {
  private final String name;
  private final HdfFile file;

  Hdf5Numbers(String name, HdfFile file) {
    this.name = name;
    this.file = file;
  }

  /**
   * Refuses a file in which one of these is missing.
   *
   * @throws InvalidInput with all that are
   */
  void requireAll(List<String> wanted) {
    List<String> missing =
        wanted.stream().filter(each -> !(file.getChild(each) instanceof Dataset)).toList();
    if (!missing.isEmpty()) {
      String found =
          file.getChildren().values().stream().map(Node::getName).collect(Collectors.joining(", "));
      throw new InvalidInput(
          "%s: there is no data set %s in it (found: %s): this is not the published layout of NAS-Bench-101"
              .formatted(name, String.join(", ", missing), found.isEmpty() ? "nothing" : found));
    }
  }

  private Dataset dataset(String dataset) {
    return file.getDatasetByPath(dataset);
  }

  int[] shape(String dataset) {
    return dataset(dataset).getDimensions();
  }

  /**
   * Refuses another shape.
   *
   * @throws InvalidInput with both
   */
  void requireShape(String dataset, int... expected) {
    if (!Arrays.equals(shape(dataset), expected)) {
      throw new InvalidInput(
          "%s: the data set %s has the shape %s, but should have %s"
              .formatted(
                  name, dataset, Arrays.toString(shape(dataset)), Arrays.toString(expected)));
    }
  }

  private Object flat(String dataset) {
    return dataset(dataset).getDataFlat();
  }

  String[] texts(String dataset) {
    if (flat(dataset) instanceof String[] texts) {
      return texts;
    }
    throw wrong(dataset, "texts");
  }

  int[] whole(String dataset) {
    return switch (flat(dataset)) {
      case byte[] bytes -> {
        int[] numbers = new int[bytes.length];
        Arrays.setAll(numbers, i -> bytes[i]);
        yield numbers;
      }
      case short[] shorts -> {
        int[] numbers = new int[shorts.length];
        Arrays.setAll(numbers, i -> shorts[i]);
        yield numbers;
      }
      case int[] numbers -> numbers;
      case String[] truths -> ofTruths(dataset, truths);
      case long[] longs -> Arrays.stream(longs).mapToInt(Math::toIntExact).toArray();
      default -> throw wrong(dataset, "whole numbers");
    };
  }

  /** As h5py writes what is true or false. */
  private int[] ofTruths(String dataset, String[] truths) {
    int[] numbers = new int[truths.length];
    for (int i = 0; i < numbers.length; i++) {
      boolean isTrue = truths[i].equals("TRUE");
      if (!isTrue && !truths[i].equals("FALSE")) {
        throw wrong(dataset, "whole numbers");
      }
      numbers[i] = isTrue ? 1 : 0;
    }
    return numbers;
  }

  float[] real(String dataset) {
    return switch (flat(dataset)) {
      case float[] numbers -> numbers;
      case double[] doubles -> {
        float[] numbers = new float[doubles.length];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = (float) doubles[i];
        }
        yield numbers;
      }
      default -> throw wrong(dataset, "real numbers");
    };
  }

  private InvalidInput wrong(String dataset, String expected) {
    return new InvalidInput(
        "%s: the data set %s should hold %s, but holds %s"
            .formatted(name, dataset, expected, dataset(dataset).getJavaType().getSimpleName()));
  }
}
