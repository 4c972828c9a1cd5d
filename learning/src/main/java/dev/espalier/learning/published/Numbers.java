package dev.espalier.learning.published;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.learning.pickle.NumpyArray;
import dev.espalier.learning.pickle.TorchFile;
import dev.espalier.learning.pickle.TorchTensor;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** Numbers in whichever of the forms that Python programs keep them. */
final class Numbers {
  private Numbers() {}

  /** A list, tuple, tensor or array of numbers. */
  static List<Double> of(Object content) throws IOException {
    return switch (content) {
      case TorchTensor tensor -> tensor.numbers();
      case NumpyArray array ->
          IntStream.range(0, array.count()).mapToObj(i -> array.number(i).doubleValue()).toList();
      case Object[] tuple -> of(Arrays.asList(tuple));
      case Collection<?> list -> {
        List<Double> numbers = new ArrayList<>();
        for (Object each : list) {
          numbers.add(one(each));
        }
        yield numbers;
      }
      default -> List.of(one(content));
    };
  }

  /** A number, or a tensor or array of one. */
  static double one(Object content) throws IOException {
    return switch (content) {
      case Number number -> number.doubleValue();
      case TorchTensor tensor when tensor.count() == 1 -> tensor.numbers().getFirst();
      case NumpyArray array when array.count() == 1 -> array.number(0).doubleValue();
      default ->
          throw new InvalidInput(
              "%s stands where a number belongs".formatted(content.getClass().getSimpleName()));
    };
  }

  /** The same as whole numbers. */
  static List<Integer> whole(Object content) throws IOException {
    List<Integer> whole = new ArrayList<>();
    for (double each : of(content)) {
      if (each != Math.rint(each) || Math.abs(each) > Integer.MAX_VALUE) {
        throw new InvalidInput("%s stands where a whole number belongs".formatted(each));
      }
      whole.add((int) each);
    }
    return whole;
  }

  /** The rows of a graph: nested lists, their text, or a graph of igraph. */
  static List<List<Integer>> rows(Object content) throws IOException {
    List<List<Integer>> rows = new ArrayList<>();
    switch (content) {
      case String text -> {
        for (JsonNode row : Json.read(text, JsonNode.class)) {
          List<Integer> numbers = new ArrayList<>();
          row.forEach(each -> numbers.add(each.asInt()));
          rows.add(numbers);
        }
      }
      case TorchFile.Graph graph -> {
        List<Integer> types = whole(graph.attribute("type"));
        for (int vertex = 0; vertex < types.size(); vertex++) {
          List<Integer> row = new ArrayList<>(List.of(types.get(vertex)));
          for (int from = 0; from < vertex; from++) {
            row.add(graph.edges().contains(List.of(from, vertex)) ? 1 : 0);
          }
          rows.add(row);
        }
      }
      case Collection<?> list -> {
        for (Object each : list) {
          rows.add(whole(each));
        }
      }
      default ->
          throw new InvalidInput(
              "%s stands where a graph belongs".formatted(content.getClass().getSimpleName()));
    }
    return rows;
  }
}
