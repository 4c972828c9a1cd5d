package dev.espalier.learning.statedict;

import dev.espalier.learning.pickle.RestrictedUnpickler;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the pickles in PyTorch's files: maps of tensors, which are views of storages whose numbers
 * stand elsewhere in the file.
 *
 * <p>A pickle is a program. Of the functions that one can name, exactly three are known here, and
 * they are replaced by code that only builds maps and tensors; everything else is refused before
 * anything is called. On which device a storage was does not matter.
 */
final class TorchTensors extends RestrictedUnpickler {
  private static final IObjectConstructor FLOATS =
      _ -> {
        throw new PickleException("a storage type is no function");
      };

  /** What counts batches is a whole number of 64 bits. */
  private static final IObjectConstructor LONGS =
      _ -> {
        throw new PickleException("a storage type is no function");
      };

  private static final Map<String, IObjectConstructor> KNOWN =
      Map.of(
          "collections.OrderedDict",
          _ -> new LinkedHashMap<>(),
          "torch._utils._rebuild_tensor_v2",
          TorchTensors::tensor,
          "torch.FloatStorage",
          FLOATS,
          "torch.cuda.FloatStorage",
          FLOATS,
          "torch.LongStorage",
          LONGS,
          "torch.cuda.LongStorage",
          LONGS);

  /** What programs call the weights among the other things of a training. */
  private static final List<String> WEIGHTS =
      List.of("state_dict", "model_state_dict", "model", "net", "weights", "state_dict_ema");

  private static final String MODULE = "module.";

  /** Numbers that tensors are views of. */
  static final class Storage {
    private final int count;
    private final boolean isWhole;
    private float[] values = {};

    /**
     * @param isWhole whether they are whole numbers of 64 bits, not floats
     */
    Storage(int count, boolean isWhole) {
      this.count = count;
      this.isWhole = isWhole;
    }

    /** How many bytes a file has of it. */
    long bytes() {
      return (long) count * (isWhole ? Long.BYTES : Float.BYTES);
    }

    int count() {
      return count;
    }

    /** Whole numbers become floats. */
    void fill(byte[] bytes) {
      ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = isWhole ? numbers.getLong() : numbers.getFloat();
      }
    }
  }

  /** A view of a storage, its numbers read later. */
  private record View(Storage storage, int offset, List<Integer> sizes, List<Integer> strides) {}

  private final Map<String, Storage> storages = new HashMap<>();

  TorchTensors() {
    super(KNOWN);
  }

  /** The storages that were named so far, by their keys. */
  Map<String, Storage> storages() {
    return Collections.unmodifiableMap(storages);
  }

  /** {@code ("storage", type, key, device, count, view)}. */
  @Override
  protected Object persistentLoad(Object id) {
    Object[] parts = (Object[]) id;
    boolean isWhole = LONGS.equals(parts[1]);
    if (!"storage".equals(parts[0]) || !(isWhole || FLOATS.equals(parts[1]))) {
      throw new InvalidInput("the pickle refers to something that is no storage of floats");
    }
    int count = (Integer) parts[4];
    return storages.computeIfAbsent((String) parts[2], _ -> new Storage(count, isWhole));
  }

  private static Object tensor(Object[] arguments) {
    return new View(
        (Storage) arguments[0],
        (Integer) arguments[1],
        numbers(arguments[2]),
        numbers(arguments[3]));
  }

  private static List<Integer> numbers(Object tuple) {
    List<Integer> numbers = new ArrayList<>();
    for (Object number : (Object[]) tuple) {
      numbers.add((Integer) number);
    }
    return numbers;
  }

  /** All tensors of what was loaded, by name; names in nested maps are joined by dots. */
  static SequencedMap<String, NamedArray> named(Object content) {
    SequencedMap<String, NamedArray> tensors = new LinkedHashMap<>();
    collect("", weights(content), tensors);
    return tensors;
  }

  /**
   * The weights of what a training has saved: beside its epoch, its optimiser and other things that
   * are no tensors, they stand under a name of their own; of several devices, each begins with
   * {@code module.}.
   */
  private static Object weights(Object content) {
    Object weights = content;
    if (content instanceof Map<?, ?> map
        && map.values().stream().anyMatch(value -> !(value instanceof View || isOfViews(value)))) {
      weights =
          WEIGHTS.stream()
              .<Object>map(map::get)
              .filter(TorchTensors::isOfViews)
              .findFirst()
              .orElse(content);
    }
    if (isOfViews(weights)
        && ((Map<?, ?>) weights).keySet().stream().allMatch(key -> ("" + key).startsWith(MODULE))) {
      Map<String, Object> plain = new LinkedHashMap<>();
      ((Map<?, ?>) weights)
          .forEach((key, value) -> plain.put(("" + key).substring(MODULE.length()), value));
      return plain;
    }
    return weights;
  }

  private static boolean isOfViews(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        && !map.isEmpty()
        && map.values().stream().allMatch(View.class::isInstance);
  }

  private static void collect(
      String prefix, Object content, SequencedMap<String, NamedArray> tensors) {
    switch (content) {
      case Map<?, ?> map ->
          map.forEach((name, value) ->
              collect(prefix.isEmpty() ? "" + name : prefix + "." + name, value, tensors));
      case View view -> tensors.put(prefix, array(prefix, view));
      default ->
          throw new InvalidInput(
              "the PyTorch checkpoint holds something that is no tensor at \"%s\""
                  .formatted(prefix));
    }
  }

  private static NamedArray array(String name, View view) {
    long expected = 1;
    for (int i = view.sizes().size() - 1; i >= 0; i--) {
      if (view.sizes().get(i) < 0
          || (view.strides().get(i) != expected && view.sizes().get(i) > 1)) {
        throw new InvalidInput("the tensor %s is not stored row by row".formatted(name));
      }
      expected *= view.sizes().get(i);
    }
    long[] shape = view.sizes().stream().mapToLong(Integer::longValue).toArray();
    int from = view.offset();
    if (from < 0 || expected > view.storage().values.length - from) {
      throw new InvalidInput("the tensor %s reaches beyond its storage".formatted(name));
    }
    return new NamedArray(
        name, shape, Arrays.copyOfRange(view.storage().values, from, from + (int) expected));
  }
}
