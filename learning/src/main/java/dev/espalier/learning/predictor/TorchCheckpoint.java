package dev.espalier.learning.predictor;

import dev.espalier.learning.pickle.RestrictedUnpickler;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;

/**
 * Reads single-precision tensors from the format that {@code torch.save} wrote before PyTorch 1.6:
 * four pickles (magic number, version, machine, the object), the pickled keys of its storages, and
 * for each key a count and the numbers.
 *
 * <p>A pickle is a program. Of the functions that one can name, exactly three are known here, and
 * they are replaced by code that only builds maps and tensors; everything else is refused before
 * anything is called. On which device a storage was does not matter.
 */
final class TorchCheckpoint {
  private static final byte[] MAGIC = {
    0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19
  };

  /** Numbers that tensors are views of. */
  private static final class Storage {
    private final int count;
    private float[] values = {};

    Storage(int count) {
      this.count = count;
    }
  }

  /** A view of a storage, its numbers read later. */
  private record View(Storage storage, int offset, List<Integer> sizes, List<Integer> strides) {}

  private TorchCheckpoint() {}

  /**
   * All tensors by name; names in nested maps are joined by dots.
   *
   * @throws InvalidInput if it is something else, or names anything but tensors and maps
   */
  static SequencedMap<String, NamedArray> read(byte[] bytes) {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    try {
      byte[] start = in.readNBytes(5 + MAGIC.length); // protocol 2, a long of ten bytes, its end
      if (start.length < 5 + MAGIC.length
          || !Arrays.equals(start, 4, 4 + MAGIC.length, MAGIC, 0, MAGIC.length)) {
        throw new InvalidInput(
            "not a PyTorch checkpoint in the format before 1.6 (%,d bytes): it does not begin with"
                    .formatted(bytes.length)
                + " the magic number");
      }
      Map<String, Storage> storages = new HashMap<>();
      Object version = new TensorUnpickler(storages).load(in);
      if (!(version instanceof Number number) || number.intValue() != 1001) {
        throw new InvalidInput("the checkpoint has format %s, expected 1001".formatted(version));
      }
      new TensorUnpickler(storages).load(in);
      Object content = new TensorUnpickler(storages).load(in);
      Object keys = new TensorUnpickler(storages).load(in);
      readStorages(in, keys, storages);
      SequencedMap<String, NamedArray> tensors = new LinkedHashMap<>();
      collect("", content, tensors);
      return tensors;
    } catch (IOException | ClassCastException | IndexOutOfBoundsException e) {
      throw new InvalidInput(
          "the PyTorch checkpoint cannot be read (%s)".formatted(e.getMessage()), e);
    }
  }

  private static void readStorages(InputStream in, Object keys, Map<String, Storage> storages)
      throws IOException {
    for (Object key : (List<?>) keys) {
      Storage storage = storages.get(String.valueOf(key));
      long count = little(in.readNBytes(Long.BYTES)).getLong();
      if (storage == null || count != storage.count || count > in.available() / Float.BYTES) {
        throw new InvalidInput(
            "the PyTorch checkpoint is cut short, or its storage %s is not the one it describes"
                .formatted(key));
      }
      float[] values = new float[storage.count];
      little(in.readNBytes(storage.count * Float.BYTES)).asFloatBuffer().get(values);
      storage.values = values;
    }
  }

  private static ByteBuffer little(byte[] bytes) throws IOException {
    if (bytes.length < Long.BYTES && bytes.length % Float.BYTES != 0) {
      throw new IOException("it ends too early");
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
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

  /** Knows three functions and the storages. */
  private static final class TensorUnpickler extends RestrictedUnpickler {
    private static final IObjectConstructor FLOATS =
        _ -> {
          throw new PickleException("a storage type is no function");
        };
    private static final Map<String, IObjectConstructor> KNOWN =
        Map.of(
            "collections.OrderedDict",
            _ -> new LinkedHashMap<>(),
            "torch._utils._rebuild_tensor_v2",
            TensorUnpickler::tensor,
            "torch.FloatStorage",
            FLOATS,
            "torch.cuda.FloatStorage",
            FLOATS);

    private final Map<String, Storage> storages;

    TensorUnpickler(Map<String, Storage> storages) {
      super(KNOWN);
      this.storages = storages;
    }

    /** {@code ("storage", type, key, device, count, view)}. */
    @Override
    protected Object persistentLoad(Object id) {
      Object[] parts = (Object[]) id;
      if (!"storage".equals(parts[0]) || !FLOATS.equals(parts[1])) {
        throw new InvalidInput("the pickle refers to something that is no storage of floats");
      }
      int count = (Integer) parts[4];
      return storages.computeIfAbsent((String) parts[2], _ -> new Storage(count));
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
  }
}
