package dev.espalier.api.series;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * Writes rows as Apache Parquet (format 2.10): one row group, one plain page for each column,
 * nothing compressed, no value missing. Every reader reads that; the library of the format brings
 * Hadoop with it.
 */
final class ParquetFile {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final int UTF8 = 0;
  private static final int INT32 = 1;
  private static final int INT64 = 2;
  private static final int DOUBLE = 5;
  private static final int BYTE_ARRAY = 6;

  private ParquetFile() {}

  /**
   * A column.
   *
   * @param type the physical type, as the format numbers them
   * @param write appends a row's value, in PLAIN encoding
   */
  private record Column(
      String name, int type, BiConsumer<ByteArrayOutputStream, SeriesRow> write) {}

  /**
   * Where a column's page stands.
   *
   * @param bytes of the page with its header
   */
  private record Chunk(Column column, long offset, long bytes) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("stage", BYTE_ARRAY, (bytes, row) -> text(bytes, row.stage())),
          new Column("series", BYTE_ARRAY, (bytes, row) -> text(bytes, row.series())),
          new Column(
              "round",
              INT32,
              (bytes, row) -> bytes.writeBytes(little(4).putInt(row.round()).array())),
          new Column(
              "step",
              INT64,
              (bytes, row) -> bytes.writeBytes(little(8).putLong(row.step()).array())),
          new Column(
              "value",
              DOUBLE,
              (bytes, row) ->
                  bytes.writeBytes(
                      little(8)
                          .putDouble(Objects.requireNonNullElse(row.value(), Double.NaN))
                          .array())));

  static byte[] of(List<SeriesRow> rows) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(MAGIC);
    List<Chunk> chunks = new ArrayList<>();
    if (!rows.isEmpty()) {
      for (Column column : COLUMNS) {
        int offset = file.size();
        page(file, column, rows);
        chunks.add(new Chunk(column, offset, file.size() - offset));
      }
    }
    int footer = file.size();
    file.writeBytes(footer(rows.size(), chunks));
    file.writeBytes(little(4).putInt(file.size() - footer).array());
    file.writeBytes(MAGIC);
    return file.toByteArray();
  }

  private static void page(ByteArrayOutputStream file, Column column, List<SeriesRow> rows) {
    ByteArrayOutputStream values = new ByteArrayOutputStream();
    rows.forEach(row -> column.write().accept(values, row));
    file.writeBytes(
        new CompactStruct()
            .integer(1, 0) // a data page
            .integer(2, values.size())
            .integer(3, values.size())
            .struct(
                5,
                new CompactStruct()
                    .integer(1, rows.size())
                    .integer(2, PLAIN)
                    .integer(3, RLE)
                    .integer(4, RLE))
            .bytes());
    file.writeBytes(values.toByteArray());
  }

  private static byte[] footer(long rows, List<Chunk> chunks) {
    List<CompactStruct> schema = new ArrayList<>();
    schema.add(new CompactStruct().text(4, "series").integer(5, COLUMNS.size()));
    for (Column column : COLUMNS) {
      CompactStruct element =
          new CompactStruct().integer(1, column.type()).integer(3, 0).text(4, column.name());
      schema.add(column.type() == BYTE_ARRAY ? element.integer(6, UTF8) : element);
    }
    List<CompactStruct> columns = new ArrayList<>();
    for (Chunk chunk : chunks) {
      columns.add(
          new CompactStruct()
              .wide(2, chunk.offset())
              .struct(
                  3,
                  new CompactStruct()
                      .integer(1, chunk.column().type())
                      .integers(2, PLAIN)
                      .texts(3, chunk.column().name())
                      .integer(4, 0) // not compressed
                      .wide(5, rows)
                      .wide(6, chunk.bytes())
                      .wide(7, chunk.bytes())
                      .wide(9, chunk.offset())));
    }
    long bytes = chunks.stream().mapToLong(Chunk::bytes).sum();
    List<CompactStruct> groups =
        chunks.isEmpty()
            ? List.of()
            : List.of(new CompactStruct().structs(1, columns).wide(2, bytes).wide(3, rows));
    return new CompactStruct()
        .integer(1, 1)
        .structs(2, schema)
        .wide(3, rows)
        .structs(4, groups)
        .text(6, "espalier")
        .bytes();
  }

  private static void text(ByteArrayOutputStream bytes, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes.writeBytes(little(4).putInt(utf8.length).array());
    bytes.writeBytes(utf8);
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
