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

/**
 * A whole checkpoint as a safetensors file: parameters and running statistics ({@code network.})
 * and what the optimiser remembers ({@code momentum.}), and in its metadata what it belongs to, the
 * counters, and the SHA-256 of the whole file, computed with 64 zeros in the digest's own place.
 *
 * @param <S> the counters, written as JSON
 * @param subject the training it belongs to: a digest over evaluation, seed, network, data and
 *     recipe
 */
public record Checkpoint<S>(String subject, S state, List<NamedArray> arrays) {
  private static final String FORMAT = "espalier-training-checkpoint/1";
  private static final String BLANK = "0".repeat(64);
  private static final String NETWORK = "network.";
  private static final String MARK = "\"digest\":\"";

  public Checkpoint {
    arrays = List.copyOf(arrays);
  }

  /**
   * A checkpoint of these tensors.
   *
   * @param network parameters and running statistics
   */
  public static <S> Checkpoint<S> of(
      String subject, S state, List<NamedArray> network, Optimizer optimizer) {
    List<NamedArray> arrays = new ArrayList<>();
    network.forEach(array -> arrays.add(array.named(NETWORK + array.name())));
    arrays.addAll(optimizer.memory());
    return new Checkpoint<>(subject, state, arrays);
  }

  public byte[] encode() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("digest", BLANK);
    metadata.put("format", FORMAT);
    metadata.put("subject", subject);
    metadata.put("state", Json.write(state));
    byte[] bytes = Safetensors.of(metadata, arrays).encode();
    byte[] digest = Digest.sha256(bytes).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digest, 0, bytes, digestPlace(bytes), digest.length);
    return bytes;
  }

  /**
   * @param expected the subject it must belong to
   * @param state the counters' type
   * @throws CorruptCheckpoint if a byte of it has changed
   * @throws InvalidInput if it is sound but of another training
   */
  public static <S> Checkpoint<S> decode(byte[] bytes, String expected, Class<S> state) {
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
          ("the checkpoint belongs to another training (%s, expected %s): evaluation, seed, network,"
                  + " data and recipe must be the same")
              .formatted(subject, expected));
    }
    return new Checkpoint<>(
        subject,
        Json.read(file.metadata().getOrDefault("state", ""), state),
        List.copyOf(file.arrays().values()));
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

  /** The parameter or running statistic of that name, of that many numbers. */
  public float[] network(String name, int size) {
    return values(NETWORK + name, size);
  }

  /** The array of that name, of that many numbers. */
  public float[] values(String name, int size) {
    for (NamedArray array : arrays) {
      if (array.name().equals(name) && array.values().length == size) {
        return array.values();
      }
    }
    throw new InvalidInput("the checkpoint has no array %s of %,d numbers".formatted(name, size));
  }
}
