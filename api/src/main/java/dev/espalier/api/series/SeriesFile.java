package dev.espalier.api.series;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The formats that numbers are exported in, for notebooks. */
public enum SeriesFile {
  /** RFC 4180, with a header; what was not finite is empty. */
  CSV("text/csv"),
  /** Apache Parquet; what was not finite is NaN. */
  PARQUET("application/vnd.apache.parquet");

  private final String mediaType;

  SeriesFile(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /** The bytes of the file with these rows: stage, series, round, step, value. */
  public byte[] write(List<SeriesRow> rows) {
    return switch (this) {
      case CSV -> csv(rows);
      case PARQUET -> ParquetFile.of(rows);
    };
  }

  private static byte[] csv(List<SeriesRow> rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("stage,series,round,step,value\n".getBytes(StandardCharsets.UTF_8));
    for (SeriesRow row : rows) {
      String value = row.value() == null ? "" : row.value().toString();
      bytes.writeBytes(
          String.format(
                  Locale.ROOT,
                  "%s,%s,%d,%d,%s\n",
                  quoted(row.stage()),
                  quoted(row.series()),
                  row.round(),
                  row.step(),
                  value)
              .getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(sign -> sign == ',' || sign == '"' || sign < ' ');
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
