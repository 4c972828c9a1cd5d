package dev.espalier.search.trainings.files;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.espalier.search.trainings.TrainingTable;
import dev.espalier.search.trainings.files.ArrowColumns.Measured;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/**
 * Writes a table as an Arrow file (IPC format, version 5), uncompressed, in batches of rows. The
 * metadata are made by Arrow's own FlatBuffers classes; the columns are plain arrays.
 */
final class ArrowWriter {
  static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  private static final int ROWS = 32_768;
  private static final int ALIGNMENT = 8;
  private static final int CONTINUATION = -1;

  private final TrainingTable table;
  private final List<Measured> columns;
  private final OutputStream out;
  private final List<long[]> blocks = new ArrayList<>();
  private long position;

  private ArrowWriter(TrainingTable table, OutputStream out) {
    this.table = table;
    this.columns = ArrowColumns.of(table.epochs(), table.trainings());
    this.out = out;
  }

  static void write(TrainingTable table, OutputStream out) throws IOException {
    new ArrowWriter(table, out).write();
  }

  private void write() throws IOException {
    write(MAGIC);
    write(new byte[2]);
    FlatBufferBuilder schema = new FlatBufferBuilder();
    finish(schema, MessageHeader.Schema, schema(schema), 0);
    message(schema);
    for (int from = 0; from < table.size(); from += ROWS) {
      batch(from, Math.min(table.size(), from + ROWS));
    }
    write(little(Integer.BYTES * 2).putInt(CONTINUATION).putInt(0).array());
    byte[] footer = footer();
    write(footer);
    write(little(Integer.BYTES).putInt(footer.length).array());
    write(MAGIC);
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }

  private static int padded(int bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** The length before it is that of the metadata with what fills it up. */
  private int message(FlatBufferBuilder metadata) throws IOException {
    byte[] bytes = metadata.sizedByteArray();
    int length = padded(bytes.length);
    write(little(Integer.BYTES * 2).putInt(CONTINUATION).putInt(length).array());
    write(bytes);
    write(new byte[length - bytes.length]);
    return Integer.BYTES * 2 + length;
  }

  private static void finish(FlatBufferBuilder builder, byte kind, int header, long bodyLength) {
    Message.startMessage(builder);
    Message.addVersion(builder, MetadataVersion.V5);
    Message.addHeaderType(builder, kind);
    Message.addHeader(builder, header);
    Message.addBodyLength(builder, bodyLength);
    Message.finishMessageBuffer(builder, Message.endMessage(builder));
  }

  private int schema(FlatBufferBuilder builder) {
    List<Integer> fields = new ArrayList<>();
    Utf8.startUtf8(builder);
    fields.add(field(builder, ArrowColumns.ARCHITECTURE, Type.Utf8, Utf8.endUtf8(builder)));
    int whole = Int.createInt(builder, Integer.SIZE, true);
    fields.add(field(builder, ArrowColumns.PARAMETERS, Type.Int, whole));
    for (Measured column : columns) {
      int real = FloatingPoint.createFloatingPoint(builder, Precision.SINGLE);
      fields.add(field(builder, column.name(), Type.FloatingPoint, real));
    }
    int vector =
        Schema.createFieldsVector(builder, fields.stream().mapToInt(Integer::intValue).toArray());
    int metadata =
        Schema.createCustomMetadataVector(
            builder,
            new int[] {
              keyValue(builder, ArrowColumns.SPACE, table.space()),
              keyValue(builder, ArrowColumns.ROWS, Integer.toString(table.size()))
            });
    Schema.startSchema(builder);
    Schema.addEndianness(builder, Endianness.Little);
    Schema.addFields(builder, vector);
    Schema.addCustomMetadata(builder, metadata);
    return Schema.endSchema(builder);
  }

  private static int keyValue(FlatBufferBuilder builder, String key, String value) {
    int keyAt = builder.createString(key);
    return KeyValue.createKeyValue(builder, keyAt, builder.createString(value));
  }

  private static int field(FlatBufferBuilder builder, String name, byte kind, int type) {
    int nameAt = builder.createString(name);
    int children = Field.createChildrenVector(builder, new int[0]);
    Field.startField(builder);
    Field.addName(builder, nameAt);
    Field.addNullable(builder, kind != Type.Utf8);
    Field.addTypeType(builder, kind);
    Field.addType(builder, type);
    Field.addChildren(builder, children);
    return Field.endField(builder);
  }

  /** The columns of some rows: of each, which are known (nothing if all are), and the values. */
  private void batch(int from, int to) throws IOException {
    List<byte[]> buffers = new ArrayList<>();
    List<Integer> unknown = new ArrayList<>();
    texts(from, to, buffers);
    unknown.add(0);
    boolean[] isKnown = new boolean[to - from];
    ByteBuffer whole =
        ByteBuffer.allocate((to - from) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = from; row < to; row++) {
      isKnown[row - from] = table.parameters(row).isPresent();
      whole.putInt(table.parameters(row).orElse(0));
    }
    unknown.add(known(isKnown, buffers));
    buffers.add(whole.array());
    for (Measured column : columns) {
      float[] values = table.column(column.training(), column.query());
      ByteBuffer real =
          ByteBuffer.allocate((to - from) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      real.asFloatBuffer().put(values, from, to - from);
      for (int row = from; row < to; row++) {
        isKnown[row - from] = !Float.isNaN(values[row]);
      }
      unknown.add(known(isKnown, buffers));
      buffers.add(real.array());
    }
    long body = buffers.stream().mapToLong(each -> padded(each.length)).sum();
    long start = position;
    FlatBufferBuilder builder = new FlatBufferBuilder();
    finish(builder, MessageHeader.RecordBatch, batch(builder, to - from, unknown, buffers), body);
    int metadata = message(builder);
    blocks.add(new long[] {start, metadata, body});
    for (byte[] buffer : buffers) {
      write(buffer);
      write(new byte[padded(buffer.length) - buffer.length]);
    }
  }

  /** Nothing, ends, characters. */
  private void texts(int from, int to, List<byte[]> buffers) {
    ByteBuffer ends =
        ByteBuffer.allocate((to - from + 1) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    StringBuilder all = new StringBuilder();
    ends.putInt(0);
    for (int row = from; row < to; row++) {
      all.append(table.architecture(row)); // ASCII in every space
      ends.putInt(all.length());
    }
    buffers.add(new byte[0]);
    buffers.add(ends.array());
    buffers.add(all.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /** Adds a bit for each row; nothing if all are known. Answers how many are not. */
  private static int known(boolean[] isKnown, List<byte[]> buffers) {
    byte[] bits = new byte[(isKnown.length + 7) / 8];
    int unknown = 0;
    for (int i = 0; i < isKnown.length; i++) {
      if (isKnown[i]) {
        bits[i / 8] |= (byte) (1 << i % 8);
      } else {
        unknown++;
      }
    }
    buffers.add(unknown == 0 ? new byte[0] : bits);
    return unknown;
  }

  /** Vectors of FlatBuffers are written from their end. */
  private static int batch(
      FlatBufferBuilder builder, int rows, List<Integer> unknown, List<byte[]> buffers) {
    RecordBatch.startNodesVector(builder, unknown.size());
    for (int each : unknown.reversed()) {
      FieldNode.createFieldNode(builder, rows, each);
    }
    int nodes = builder.endVector();
    RecordBatch.startBuffersVector(builder, buffers.size());
    long end = buffers.stream().mapToLong(each -> padded(each.length)).sum();
    for (byte[] each : buffers.reversed()) {
      end -= padded(each.length);
      Buffer.createBuffer(builder, end, each.length);
    }
    int places = builder.endVector();
    RecordBatch.startRecordBatch(builder);
    RecordBatch.addLength(builder, rows);
    RecordBatch.addNodes(builder, nodes);
    RecordBatch.addBuffers(builder, places);
    return RecordBatch.endRecordBatch(builder);
  }

  private byte[] footer() {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int schema = schema(builder);
    Footer.startDictionariesVector(builder, 0);
    int dictionaries = builder.endVector();
    Footer.startRecordBatchesVector(builder, blocks.size());
    for (long[] block : blocks.reversed()) {
      Block.createBlock(builder, block[0], (int) block[1], block[2]);
    }
    int batches = builder.endVector();
    Footer.startFooter(builder);
    Footer.addVersion(builder, MetadataVersion.V5);
    Footer.addSchema(builder, schema);
    Footer.addDictionaries(builder, dictionaries);
    Footer.addRecordBatches(builder, batches);
    Footer.finishFooterBuffer(builder, Footer.endFooter(builder));
    return builder.sizedByteArray();
  }
}
