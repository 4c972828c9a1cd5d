package dev.espalier.learning.predictor;

import dev.espalier.learning.training.NamedArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The keys of some sparse vectors, each with a column. */
final class Vocabulary {
  private static final int END = -1;

  private final List<List<Integer>> keys;
  private final Map<List<Integer>, Integer> columns = new HashMap<>();

  private Vocabulary(Collection<List<Integer>> keys) {
    this.keys = List.copyOf(keys);
    for (List<Integer> key : this.keys) {
      columns.put(key, columns.size());
    }
  }

  /** All keys of these vectors, in one order whatever theirs was. */
  static Vocabulary of(List<Map<List<Integer>, Double>> vectors) {
    TreeSet<List<Integer>> keys =
        new TreeSet<>((a, b) ->
            Arrays.compare(
                a.stream().mapToInt(i -> i).toArray(), b.stream().mapToInt(i -> i).toArray()));
    vectors.forEach(vector -> keys.addAll(vector.keySet()));
    return new Vocabulary(keys);
  }

  int size() {
    return keys.size();
  }

  /** Puts what has a column into a row, the first column at {@code from}. */
  void fill(Map<List<Integer>, Double> vector, float[] row, int from) {
    vector.forEach((key, value) -> {
      @Nullable Integer column = columns.get(key);
      if (column != null) {
        row[from + column] = value.floatValue();
      }
    });
  }

  /** The sum of the squares of what has no column. */
  double unseen(Map<List<Integer>, Double> vector) {
    double sum = 0;
    for (Map.Entry<List<Integer>, Double> entry : vector.entrySet()) {
      sum += columns.containsKey(entry.getKey()) ? 0 : entry.getValue() * entry.getValue();
    }
    return sum;
  }

  /** {@code [keys, longest + 1]}: each key and, behind it, its end. */
  NamedArray array(String name) {
    int width = 1 + keys.stream().mapToInt(List::size).max().orElse(0);
    float[] numbers = new float[keys.size() * width];
    Arrays.fill(numbers, END);
    for (int key = 0; key < keys.size(); key++) {
      for (int i = 0; i < keys.get(key).size(); i++) {
        numbers[key * width + i] = keys.get(key).get(i);
      }
    }
    return new NamedArray(name, new long[] {keys.size(), width}, numbers);
  }

  static Vocabulary restore(NamedArray array) {
    int width = (int) array.shape()[1];
    List<List<Integer>> keys = new ArrayList<>();
    for (int from = 0; from < array.values().length; from += width) {
      List<Integer> key = new ArrayList<>();
      for (int i = from; array.values()[i] != END; i++) {
        key.add((int) array.values()[i]);
      }
      keys.add(key);
    }
    return new Vocabulary(keys);
  }
}
