package dev.espalier.search.trainings.files;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Reasons;
import dev.espalier.search.input.Remarks;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of an Arrow file from its beginning to its end, batch by batch. Of text columns
 * one is kept, of the others the numbers.
 */
final class ArrowReader {
  private static final int CONTINUATION = -1;
  private static final int MOST_METADATA = 64 << 20;
  private static final int MOST_EXPECTED = 1 << 24;

  private final String name;
  private final InputStream in;
  private final List<Column> columns = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final Map<String, FloatRows> numbers = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private int[] parameters = new int[0];
  private int rows;
  private long position;

  /** How the buffers of a column are read. */
  private enum Kind {
    TEXT,
    WHOLE,
    REAL,
    PASSED_OVER
  }

  /**
   * @param bytes of a number, or of the place of a text
   * @param buffers that it has in each batch
   */
  private record Column(String name, Kind kind, int bytes, int buffers) {}

  private ArrowReader(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  /**
   * Reads all of it.
   *
   * @param name for messages
   * @throws InvalidInput if it is truncated, damaged, or something else
   */
  static ArrowReader read(String name, InputStream in) {
    ArrowReader reader = new ArrowReader(name, in);
    try {
      reader.read();
    } catch (EOFException e) {
      throw reader.truncated();
    } catch (IOException e) {
      throw new InvalidInput("%s: %s".formatted(name, Reasons.of(e)), e);
    } catch (InvalidInput e) {
      throw e;
    } catch (RuntimeException | AssertionError e) { // whatever damaged metadata lead to
      throw new InvalidInput(
          "%s: is damaged before byte %,d: get it again".formatted(name, reader.position), e);
    }
    return reader;
  }

  private InvalidInput truncated() {
    return new InvalidInput(
        "%s: is truncated: the Arrow file ends at byte %,d, in the middle of %s: get it again"
            .formatted(
                name,
                position,
                columns.isEmpty() ? "its columns' names" : "row %,d".formatted(rows)));
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    position += bytes.length;
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  private ByteBuffer buffer(int count) throws IOException {
    return ByteBuffer.wrap(bytes(count)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void read() throws IOException {
    if (!Arrays.equals(Arrays.copyOf(bytes(8), ArrowWriter.MAGIC.length), ArrowWriter.MAGIC)) {
      throw new InvalidInput(name + ": is no Arrow file: it does not begin with ARROW1");
    }
    for (Message message = message(); message != null; message = message()) {
      if (message.bodyLength() < 0 || message.bodyLength() > Integer.MAX_VALUE - 8) {
        throw new InvalidInput(
            "%s: a batch of %,d bytes ends before byte %,d: smaller batches are read only"
                .formatted(name, message.bodyLength(), position));
      }
      ByteBuffer body = buffer((int) message.bodyLength());
      switch (message.headerType()) {
        case MessageHeader.Schema -> schema((Schema) message.header(new Schema()));
        case MessageHeader.RecordBatch ->
            batch((RecordBatch) message.header(new RecordBatch()), body);
        default ->
            throw new InvalidInput(
                name + ": has columns of dictionaries (categories): write texts as plain texts");
      }
    }
    if (columns.isEmpty()) {
      throw new InvalidInput(name + ": has no columns");
    }
  }

  /** Null after the last. */
  private @Nullable Message message() throws IOException {
    ByteBuffer prefix = buffer(Integer.BYTES * 2);
    int mark = prefix.getInt();
    int length = prefix.getInt();
    if (mark != CONTINUATION || length < 0 || length > MOST_METADATA) {
      throw new InvalidInput(
          "%s: is damaged at byte %,d, where a batch of rows should begin: get it again"
              .formatted(name, position - prefix.capacity()));
    }
    return length == 0 ? null : Message.getRootAsMessage(buffer(length));
  }

  private void schema(Schema schema) {
    if (schema.endianness() != Endianness.Little) {
      throw new InvalidInput(name + ": is big-endian: write it on a usual machine");
    }
    for (int i = 0; i < schema.customMetadataLength(); i++) {
      KeyValue entry = schema.customMetadata(i);
      if (entry.key() != null && entry.value() != null) {
        metadata.put(entry.key(), entry.value());
      }
    }
    for (int i = 0; i < schema.fieldsLength(); i++) {
      Column column = column(schema.fields(i));
      columns.add(column);
      if (column.kind() == Kind.REAL) {
        numbers.put(column.name(), new FloatRows(expected()));
      }
    }
    if (columns.stream().noneMatch(column -> column.kind() == Kind.TEXT)) {
      throw new InvalidInput(
          "%s: there is no column %s of texts (found: %s)"
              .formatted(
                  name,
                  ArrowColumns.ARCHITECTURE,
                  Remarks.some(columns.stream().map(Column::name).toList())));
    }
  }

  /** How many rows the file says that it has, if that can be. */
  private int expected() {
    String said = metadata.getOrDefault(ArrowColumns.ROWS, "");
    return said.matches("\\d{1,8}") ? Math.min(Integer.parseInt(said), MOST_EXPECTED) : 0;
  }

  private Column column(Field field) {
    String column = String.valueOf(field.name());
    if (field.dictionary() != null || field.childrenLength() > 0) {
      throw unreadable(column);
    }
    boolean isArchitecture = column.equals(ArrowColumns.ARCHITECTURE);
    return switch (field.typeType()) {
      case Type.Utf8 ->
          new Column(column, isArchitecture ? Kind.TEXT : Kind.PASSED_OVER, Integer.BYTES, 3);
      case Type.LargeUtf8 ->
          new Column(column, isArchitecture ? Kind.TEXT : Kind.PASSED_OVER, Long.BYTES, 3);
      case Type.Int -> whole(column, ((Int) field.type(new Int())).bitWidth() / Byte.SIZE);
      case Type.FloatingPoint ->
          real(column, ((FloatingPoint) field.type(new FloatingPoint())).precision());
      case Type.Bool -> new Column(column, Kind.PASSED_OVER, 0, 2);
      default -> throw unreadable(column);
    };
  }

  private static Column whole(String column, int bytes) {
    boolean isRead =
        column.equals(ArrowColumns.PARAMETERS) && (bytes == Integer.BYTES || bytes == Long.BYTES);
    return new Column(column, isRead ? Kind.WHOLE : Kind.PASSED_OVER, bytes, 2);
  }

  private static Column real(String column, short precision) {
    boolean isRead = precision != Precision.HALF && ArrowColumns.parse(column).isPresent();
    int bytes = precision == Precision.DOUBLE ? Double.BYTES : Float.BYTES;
    return new Column(column, isRead ? Kind.REAL : Kind.PASSED_OVER, bytes, 2);
  }

  private InvalidInput unreadable(String column) {
    return new InvalidInput(
        "%s: the column %s has a type that is not read here: only plain texts and numbers are"
            .formatted(name, column));
  }

  private void batch(RecordBatch batch, ByteBuffer body) {
    if (batch.compression() != null) {
      throw new InvalidInput(
          name + ": its columns are compressed: write it without (compression=\"uncompressed\")");
    }
    int count = Math.toIntExact(batch.length());
    int buffer = 0;
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      FieldNode node = batch.nodes(i);
      if (node.length() != count) {
        throw new InvalidInput(
            "%s: is damaged: column %s has %,d rows where others have %,d"
                .formatted(name, column.name(), node.length(), count));
      }
      ByteBuffer known = part(body, batch.buffers(buffer));
      boolean allKnown = node.nullCount() == 0 || known.capacity() == 0;
      ByteBuffer values = part(body, batch.buffers(buffer + 1));
      switch (column.kind()) {
        case TEXT -> texts(column, count, values, part(body, batch.buffers(buffer + 2)));
        case WHOLE -> whole(column, count, values, known, allKnown);
        case REAL -> real(column, count, values, known, allKnown);
        case PASSED_OVER -> {} // told of by whoever asks for the names
      }
      buffer += column.buffers();
    }
    rows += count;
  }

  private static ByteBuffer part(ByteBuffer body, Buffer place) {
    return body.slice(Math.toIntExact(place.offset()), Math.toIntExact(place.length()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private void texts(Column column, int count, ByteBuffer ends, ByteBuffer characters) {
    byte[] bytes = new byte[characters.remaining()];
    characters.get(bytes);
    boolean isLarge = column.bytes() == Long.BYTES;
    int from = count == 0 ? 0 : isLarge ? Math.toIntExact(ends.getLong(0)) : ends.getInt(0);
    for (int i = 1; i <= count; i++) {
      int to =
          isLarge ? Math.toIntExact(ends.getLong(i * Long.BYTES)) : ends.getInt(i * Integer.BYTES);
      texts.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
      from = to;
    }
  }

  private static boolean isKnown(ByteBuffer bits, int place) {
    return (bits.get(place / 8) & 1 << place % 8) != 0;
  }

  private void whole(
      Column column, int count, ByteBuffer values, ByteBuffer known, boolean allKnown) {
    parameters = Arrays.copyOf(parameters, rows + count);
    for (int i = 0; i < count; i++) {
      long value =
          column.bytes() == Long.BYTES
              ? values.getLong(i * Long.BYTES)
              : values.getInt(i * Integer.BYTES);
      parameters[rows + i] = allKnown || isKnown(known, i) ? Math.toIntExact(value) : -1;
    }
  }

  private void real(
      Column column, int count, ByteBuffer values, ByteBuffer known, boolean allKnown) {
    FloatRows numbersOf = numbers.get(column.name());
    if (numbersOf == null) {
      throw new IllegalStateException(column.name());
    }
    if (allKnown && column.bytes() == Float.BYTES) {
      numbersOf.setAll(rows, values.asFloatBuffer().limit(count));
      return;
    }
    for (int i = 0; i < count; i++) {
      float value =
          column.bytes() == Double.BYTES
              ? (float) values.getDouble(i * Double.BYTES)
              : values.getFloat(i * Float.BYTES);
      numbersOf.set(rows + i, allKnown || isKnown(known, i) ? value : Float.NaN);
    }
  }

  int rows() {
    return rows;
  }

  /** The names of the columns that were not read. */
  List<String> passedOver() {
    return columns.stream()
        .filter(column -> column.kind() == Kind.PASSED_OVER)
        .map(Column::name)
        .toList();
  }

  /** Of the column {@code architecture}, by row. */
  List<String> architectures() {
    return texts;
  }

  /** By row; -1 where unknown. */
  int[] parameters() {
    int[] all = Arrays.copyOf(parameters, rows);
    if (parameters.length < rows) {
      Arrays.fill(all, parameters.length, rows, -1);
    }
    return all;
  }

  /** The columns of numbers, by name. */
  Map<String, FloatRows> numbers() {
    return numbers;
  }

  /** What the file says of itself. */
  Map<String, String> metadata() {
    return metadata;
  }
}
