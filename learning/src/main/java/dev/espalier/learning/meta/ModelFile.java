package dev.espalier.learning.meta;

import dev.espalier.learning.statedict.TorchArchive;
import dev.espalier.learning.statedict.TorchCheckpoint;
import dev.espalier.learning.training.CorruptCheckpoint;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.failure.InvalidInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The arrays of a model as a file: a state of PyTorch in either of its formats, or safetensors.
 *
 * @param arrays by name
 * @param texts that stand beside them
 */
record ModelFile(SequencedMap<String, NamedArray> arrays, Map<String, String> texts) {
  private static final String FORMAT = "format";
  private static final String NAME = "espalier-metad2a/1";

  /**
   * @param name the file's, for messages
   * @throws InvalidInput if it is something else or damaged
   */
  static ModelFile read(String name, byte[] bytes) {
    try {
      if (TorchArchive.is(bytes)) {
        TorchArchive archive = TorchArchive.read(bytes);
        return new ModelFile(archive.tensors(), archive.texts());
      }
      if (bytes.length > 8 && bytes[8] == '{') {
        Safetensors file = Safetensors.decode(bytes);
        return new ModelFile(file.arrays(), file.metadata());
      }
      return new ModelFile(TorchCheckpoint.read(bytes), Map.of());
    } catch (InvalidInput | CorruptCheckpoint e) {
      throw new InvalidInput(
          ("%s (%,d bytes) holds no weights of a model of MetaD2A (%s): give a checkpoint that"
                  + " metad2a-train wrote or a published one, copied whole")
              .formatted(name, bytes.length, e.getMessage()),
          e);
    }
  }

  /** The layout of the published checkpoints, which {@code torch.load} reads. */
  byte[] forPyTorch() {
    return new TorchArchive(arrays, texts).encode();
  }

  byte[] safetensors() {
    Map<String, String> metadata = new LinkedHashMap<>(Map.of(FORMAT, NAME));
    metadata.putAll(texts);
    return Safetensors.of(metadata, List.copyOf(arrays.values())).encode();
  }
}
