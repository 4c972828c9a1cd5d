package dev.espalier.learning.predictor;

import dev.espalier.learning.training.CorruptCheckpoint;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The whole state of a fit at a step boundary: the SHA-256 of the rest in hexadecimal, a line
 * break, then a safetensors file with the finished members, the present one's weights, its
 * optimiser's moments and its best weights so far, and the counters in the metadata.
 *
 * @param subject a digest of what the fit is of: space, recipe, rows, seed and stream
 */
record FitCheckpoint(String subject, FitState state, SequencedMap<String, NamedArray> arrays) {
  private static final String FORMAT = "espalier-fit/1";
  private static final int DIGEST = 64;

  static byte[] encode(String subject, FitState state, List<NamedArray> arrays) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("subject", subject);
    metadata.put("state", Json.write(state));
    byte[] content = Safetensors.of(metadata, arrays).encode();
    byte[] start = (Digest.sha256(content) + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = Arrays.copyOf(start, start.length + content.length);
    System.arraycopy(content, 0, bytes, start.length, content.length);
    return bytes;
  }

  /**
   * @param expected the subject it must have
   * @throws CorruptCheckpoint if a byte of it has changed
   * @throws InvalidInput if it is sound but of another fit
   */
  static FitCheckpoint decode(byte[] bytes, String expected) {
    if (bytes.length <= DIGEST + 1) {
      throw new CorruptCheckpoint(
          "not the checkpoint of a fit, or cut short (%,d bytes)".formatted(bytes.length));
    }
    String claimed = new String(bytes, 0, DIGEST, StandardCharsets.US_ASCII);
    byte[] content = Arrays.copyOfRange(bytes, DIGEST + 1, bytes.length);
    String found = Digest.sha256(content);
    if (!found.equals(claimed) || bytes[DIGEST] != '\n') {
      throw new CorruptCheckpoint(
          "the checkpoint's digest is %s, expected %s".formatted(found, claimed));
    }
    Safetensors file = Safetensors.decode(content);
    if (!FORMAT.equals(file.metadata().get("format"))) {
      throw new InvalidInput(
          "the checkpoint has format %s, this version reads %s: start the fit afresh"
              .formatted(file.metadata().get("format"), FORMAT));
    }
    String subject = file.metadata().getOrDefault("subject", "");
    if (!subject.equals(expected)) {
      throw new InvalidInput(
          ("the checkpoint belongs to another fit (%s, expected %s): space, recipe, rows, seed and"
                  + " stream must be the same")
              .formatted(subject, expected));
    }
    return new FitCheckpoint(
        subject,
        Json.read(file.metadata().getOrDefault("state", ""), FitState.class),
        file.arrays());
  }
}
