package dev.espalier.learning.training;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole checkpoint as a safetensors file: parameters, running statistics ({@code network.}) and
 * momentum ({@code momentum.}), and in its metadata what it belongs to, the counters, and the
 * SHA-256 of the whole file, computed with 64 zeros in the digest's own place.
 *
 * @param subject the training it belongs to: a digest over evaluation, seed, network, data and
 *     recipe
 */
record Checkpoint(
    String subject, TrainingState state, List<NamedArray> network, List<NamedArray> momentum) {
  private static final String FORMAT = "espalier-training-checkpoint/1";
  private static final String BLANK = "0".repeat(64);
  private static final String MARK = "\"digest\":\"";

  byte[] encode() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("digest", BLANK);
    metadata.put("format", FORMAT);
    metadata.put("subject", subject);
    metadata.put("state", Json.write(state));
    List<NamedArray> arrays = new ArrayList<>();
    network.forEach(array -> arrays.add(prefixed("network.", array)));
    momentum.forEach(array -> arrays.add(prefixed("momentum.", array)));
    byte[] bytes = Safetensors.of(metadata, arrays).encode();
    byte[] digest = Digest.sha256(bytes).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digest, 0, bytes, digestPlace(bytes), digest.length);
    return bytes;
  }

  /**
   * @param expected the subject it must belong to
   * @throws CorruptCheckpoint if a byte of it has changed
   * @throws InvalidInput if it is sound but of another training
   */
  static Checkpoint decode(byte[] bytes, String expected) {
    verify(bytes);
    Safetensors file = Safetensors.decode(bytes);
    if (!FORMAT.equals(file.metadata().get("format"))) {
      throw new InvalidInput(
          "the checkpoint has format %s, this version reads %s: start the training afresh"
              .formatted(file.metadata().get("format"), FORMAT));
    }
    String subject = file.metadata().getOrDefault("subject", "");
    if (!subject.equals(expected)) {
      throw new InvalidInput(
          "the checkpoint belongs to another training (%s, expected %s): evaluation, seed, network, data and recipe must be the same"
              .formatted(subject, expected));
    }
    return new Checkpoint(
        subject,
        Json.read(file.metadata().getOrDefault("state", ""), TrainingState.class),
        withPrefix("network.", file),
        withPrefix("momentum.", file));
  }

  private static void verify(byte[] bytes) {
    int place = digestPlace(bytes);
    if (place < 0) {
      throw new CorruptCheckpoint(
          "not a training checkpoint, or cut short (%,d bytes)".formatted(bytes.length));
    }
    byte[] blanked = bytes.clone();
    Arrays.fill(blanked, place, place + BLANK.length(), (byte) '0');
    String found = Digest.sha256(blanked);
    String claimed = new String(bytes, place, BLANK.length(), StandardCharsets.US_ASCII);
    if (!found.equals(claimed)) {
      throw new CorruptCheckpoint(
          "the checkpoint's digest is %s, expected %s".formatted(found, claimed));
    }
  }

  /**
   * It is the first entry of the metadata, the first of the header; -1 where the bytes are
   * something else.
   */
  private static int digestPlace(byte[] bytes) {
    byte[] start = ("{\"__metadata__\":{" + MARK).getBytes(StandardCharsets.US_ASCII);
    int place = 8 + start.length;
    boolean there =
        bytes.length > place + BLANK.length()
            && Arrays.equals(bytes, 8, place, start, 0, start.length);
    return there ? place : -1;
  }

  private static NamedArray prefixed(String prefix, NamedArray array) {
    return new NamedArray(prefix + array.name(), array.shape(), array.values());
  }

  private static List<NamedArray> withPrefix(String prefix, Safetensors file) {
    return file.arrays().values().stream()
        .filter(array -> array.name().startsWith(prefix))
        .map(array ->
            new NamedArray(array.name().substring(prefix.length()), array.shape(), array.values()))
        .toList();
  }

  /** The array of that name among these, of that many numbers. */
  static float[] values(List<NamedArray> arrays, String name, int size) {
    @Nullable NamedArray found = null;
    for (NamedArray array : arrays) {
      if (array.name().equals(name)) {
        found = array;
      }
    }
    if (found == null || found.values().length != size) {
      throw new InvalidInput("the checkpoint has no array %s of %,d numbers".formatted(name, size));
    }
    return found.values();
  }
}
