package dev.espalier.learning.statedict;

import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Reads single-precision tensors from the format that {@code torch.save} wrote before PyTorch 1.6:
 * four pickles (magic number, version, machine, the object), the pickled keys of its storages, and
 * for each key a count and the numbers.
 */
public final class TorchCheckpoint {
  private static final byte[] MAGIC = {
    0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19
  };

  private TorchCheckpoint() {}

  /**
   * All tensors by name; names in nested maps are joined by dots. A file in the present format is
   * left to {@link TorchArchive}.
   *
   * @throws InvalidInput if it is something else, or names anything but tensors and maps
   */
  public static SequencedMap<String, NamedArray> read(byte[] bytes) {
    if (TorchArchive.is(bytes)) {
      return TorchArchive.read(bytes).tensors();
    }
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    try {
      byte[] start = in.readNBytes(5 + MAGIC.length); // protocol 2, a long of ten bytes, its end
      if (start.length < 5 + MAGIC.length
          || !Arrays.equals(start, 4, 4 + MAGIC.length, MAGIC, 0, MAGIC.length)) {
        throw new InvalidInput(
            "not a PyTorch checkpoint (%,d bytes): it begins neither as an archive nor with the magic"
                    .formatted(bytes.length)
                + " number of the format before 1.6");
      }
      Object version = new TorchTensors().load(in);
      if (!(version instanceof Number number) || number.intValue() != 1001) {
        throw new InvalidInput("the checkpoint has format %s, expected 1001".formatted(version));
      }
      new TorchTensors().load(in);
      TorchTensors tensors = new TorchTensors();
      Object content = tensors.load(in);
      Object keys = new TorchTensors().load(in);
      readStorages(in, keys, tensors.storages());
      return TorchTensors.named(content);
    } catch (IOException | ClassCastException | IndexOutOfBoundsException e) {
      throw new InvalidInput(
          "the PyTorch checkpoint cannot be read (%s)".formatted(e.getMessage()), e);
    }
  }

  private static void readStorages(
      InputStream in, Object keys, Map<String, TorchTensors.Storage> storages) throws IOException {
    for (Object key : (List<?>) keys) {
      TorchTensors.Storage storage = storages.get(String.valueOf(key));
      long count = little(in.readNBytes(Long.BYTES)).getLong();
      if (storage == null || count != storage.count() || storage.bytes() > in.available()) {
        throw new InvalidInput(
            "the PyTorch checkpoint is cut short, or its storage %s is not the one it describes"
                .formatted(key));
      }
      storage.fill(in.readNBytes(Math.toIntExact(storage.bytes())));
    }
  }

  private static ByteBuffer little(byte[] bytes) throws IOException {
    if (bytes.length < Long.BYTES && bytes.length % Float.BYTES != 0) {
      throw new IOException("it ends too early");
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
