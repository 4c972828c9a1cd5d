package dev.espalier.learning.catalogue;

import dev.espalier.learning.statedict.TorchArchive;
import dev.espalier.learning.statedict.TorchCheckpoint;
import dev.espalier.learning.training.CorruptCheckpoint;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.failure.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The tensors of a file, by name.
 *
 * @param format {@code pytorch} or {@code safetensors}
 * @param texts that stand beside them
 */
public record TensorFile(
    String format, SequencedMap<String, NamedArray> tensors, Map<String, String> texts) {
  public static final String PYTORCH = "pytorch";
  public static final String SAFETENSORS = "safetensors";

  private static final String FORMAT = "format";
  private static final int SHORTEST = 9;
  private static final byte OLD_PICKLE = (byte) 0x80;
  private static final String OWN = "\"format\":\"espalier-";
  private static final int HEAD = 4096;

  /**
   * Reads a file, whichever of both formats it has. Nothing in it is executed.
   *
   * @param name of the file, for messages
   * @throws InvalidInput if it is something else, which is named, or damaged
   */
  public static TensorFile read(String name, byte[] bytes) {
    if (TorchArchive.is(bytes) || (bytes.length > 0 && bytes[0] == OLD_PICKLE)) {
      refuseDatabase(name, bytes);
      try {
        if (TorchArchive.is(bytes)) {
          TorchArchive archive = TorchArchive.read(bytes);
          return new TensorFile(PYTORCH, archive.tensors(), archive.texts());
        }
        return new TensorFile(PYTORCH, TorchCheckpoint.read(bytes), Map.of());
      } catch (InvalidInput e) {
        throw new InvalidInput("%s: %s".formatted(name, e.getMessage()), e);
      }
    }
    String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
    if (head.startsWith("{") && head.contains(OWN)) {
      int from = head.indexOf(OWN) + OWN.length();
      throw new InvalidInput(
          "%s is no model, but a file of %s: import it by espalier data import"
              .formatted(name, head.substring(from, head.indexOf('"', from)).replace("/1", "")));
    }
    if (bytes.length < SHORTEST || bytes[8] != '{') {
      throw new InvalidInput(
          "%s is no model: it is neither what torch.save writes nor safetensors".formatted(name));
    }
    try {
      return stored(bytes);
    } catch (CorruptCheckpoint e) {
      throw new InvalidInput("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** The published databases of MetaD2A are what torch.save writes too. */
  private static void refuseDatabase(String name, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if ((hasKey(text, "acc") && hasKey(text, "task") && hasKey(text, "graph"))
        || (hasKey(text, "arch") && hasKey(text, "test-acc"))
        || (hasKey(text, "top1") && hasKey(text, "net") && hasKey(text, "class"))) {
      throw new InvalidInput(
          "%s is no model, but a database of tasks and accuracies: import it by espalier data import"
              .formatted(name));
    }
  }

  /** Whether a pickle may have such a text: {@code X}, its length, the text. */
  private static boolean hasKey(String pickle, String key) {
    return pickle.contains("X" + (char) key.length() + "\0\0\0" + key);
  }

  /**
   * Safetensors with tensors and texts in the order of their names: the same model always gives the
   * same bytes, whatever file it comes from.
   */
  public byte[] canonical() {
    return Safetensors.of(new TreeMap<>(texts), List.copyOf(new TreeMap<>(tensors).values()))
        .encode();
  }

  /**
   * The bytes of a file with these tensors.
   *
   * @param wanted {@code pytorch} or {@code safetensors}
   */
  public byte[] encode(String wanted) {
    return switch (wanted) {
      case PYTORCH -> new TorchArchive(tensors, texts).encode();
      case SAFETENSORS -> Safetensors.of(texts, List.copyOf(tensors.values())).encode();
      default ->
          throw new InvalidInput(
              "format %s is not known: allowed are %s, %s".formatted(wanted, PYTORCH, SAFETENSORS));
    };
  }

  /** Of safetensors, such as {@link #canonical} writes. */
  public static TensorFile stored(byte[] bytes) {
    Safetensors file = Safetensors.decode(bytes);
    Map<String, String> texts = new TreeMap<>(file.metadata());
    texts.remove(FORMAT); // of the file, not of the model
    return new TensorFile(SAFETENSORS, file.arrays(), texts);
  }
}
