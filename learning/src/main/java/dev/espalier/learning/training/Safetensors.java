package dev.espalier.learning.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.search.canonical.Json;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The safetensors layout: eight bytes with the length of a JSON header (little-endian), the header
 * (name to type, shape and place; texts under {@code __metadata__}), then the numbers. Written is
 * single precision; half precision and Google's are read, too, and become single. The same contents
 * always give the same bytes.
 *
 * <p>Written here rather than by the engine's encoder, which knows no metadata and needs its arrays
 * on the device.
 */
public record Safetensors(Map<String, String> metadata, SequencedMap<String, NamedArray> arrays) {
  private static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;
  private static final List<String> TYPES = List.of("F32", "F16", "BF16");

  public static Safetensors of(Map<String, String> metadata, List<NamedArray> arrays) {
    SequencedMap<String, NamedArray> byName = new LinkedHashMap<>();
    arrays.forEach(array -> byName.put(array.name(), array));
    return new Safetensors(metadata, byName);
  }

  public byte[] encode() {
    ObjectNode header = Json.mapper().createObjectNode();
    ObjectNode texts = header.putObject(METADATA);
    metadata.forEach(texts::put);
    int place = 0;
    for (NamedArray array : arrays.values()) {
      ObjectNode entry = header.putObject(array.name()).put("dtype", "F32");
      for (long size : array.shape()) {
        entry.withArray("shape").add(size);
      }
      int end = Math.addExact(place, Math.multiplyExact(array.values().length, Float.BYTES));
      entry.putArray("data_offsets").add(place).add(end);
      place = end;
    }
    byte[] json = Json.write(header).getBytes(StandardCharsets.UTF_8);
    int headerLength = Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT;
    ByteBuffer bytes = ByteBuffer.allocate(8 + headerLength + place).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(headerLength).put(json);
    while (bytes.position() < 8 + headerLength) {
      bytes.put((byte) ' ');
    }
    arrays.values().forEach(array -> putAll(bytes, array.values()));
    return bytes.array();
  }

  private static void putAll(ByteBuffer bytes, float[] values) {
    bytes.asFloatBuffer().put(values);
    bytes.position(bytes.position() + values.length * Float.BYTES);
  }

  /**
   * @throws CorruptCheckpoint if the bytes are something else or are cut short
   */
  public static Safetensors decode(byte[] bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      long headerLength = buffer.getLong();
      if (headerLength < 2 || headerLength > bytes.length - 8) {
        throw new CorruptCheckpoint(
            "not safetensors: a header of %,d bytes is claimed".formatted(headerLength));
      }
      byte[] json = new byte[(int) headerLength];
      buffer.get(json);
      return arrays(Json.mapper().readTree(json), buffer.slice().order(ByteOrder.LITTLE_ENDIAN));
    } catch (BufferUnderflowException | JsonProcessingException e) {
      throw new CorruptCheckpoint(
          "not safetensors, or cut short (%,d bytes)".formatted(bytes.length), e);
    } catch (java.io.IOException e) {
      throw new CorruptCheckpoint("the safetensors header cannot be read", e);
    }
  }

  private static Safetensors arrays(JsonNode header, ByteBuffer data) {
    Map<String, String> metadata = new LinkedHashMap<>();
    List<NamedArray> arrays = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (entry.getKey().equals(METADATA)) {
        entry
            .getValue()
            .properties()
            .forEach(text -> metadata.put(text.getKey(), text.getValue().asText()));
      } else {
        arrays.add(array(entry.getKey(), entry.getValue(), data));
      }
    }
    return of(metadata, arrays);
  }

  private static NamedArray array(String name, JsonNode entry, ByteBuffer data) {
    JsonNode sizes = entry.path("shape");
    long[] shape = new long[sizes.size()];
    long count = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = sizes.get(i).asLong();
      count *= shape[i];
    }
    long from = entry.path("data_offsets").path(0).asLong(-1);
    long to = entry.path("data_offsets").path(1).asLong(-1);
    String type = entry.path("dtype").asText();
    int bytes = type.equals("F32") ? Float.BYTES : Short.BYTES;
    if (!TYPES.contains(type)) {
      throw new CorruptCheckpoint(
          "safetensors: array %s has numbers of type %s: read are %s"
              .formatted(name, type, String.join(", ", TYPES)));
    }
    if (to > data.limit()) {
      throw new CorruptCheckpoint(
          "safetensors: the file is cut short: array %s ends at byte %,d of %,d"
              .formatted(name, to, data.limit()));
    }
    if (from < 0 || to - from != count * bytes) {
      throw new CorruptCheckpoint(
          "safetensors: array %s has %,d bytes, but %,d numbers of type %s belong there"
              .formatted(name, to - from, count, type));
    }
    float[] values = new float[(int) count];
    ByteBuffer numbers = data.slice((int) from, (int) (to - from)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case "F16" -> Float.float16ToFloat(numbers.getShort());
            case "BF16" -> Float.intBitsToFloat(numbers.getShort() << Short.SIZE);
            default -> numbers.getFloat();
          };
    }
    return new NamedArray(name, shape, values);
  }
}
